// Package account knows who may use the desk: users, roles, passwords. It decides which changes make sense and checks who signs in; it leaves
// sessions and limits on attempts to web, and the rows to a store.
package account
