// Package intake turns paths into comments: files, folders, globs and standard input, plain or gzip. It recognises from the content what an
// input is, lets extract read pages and exchange read rows, and hands both on in one shape, a Batch. A bad row or a bad file is refused by name
// and the rest goes on. Only one page or one batch is held at a time. It knows no store and no model.
package intake
