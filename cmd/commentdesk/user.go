package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"commentdesk/moderation/account"
)

func newUser(p program) *cobra.Command {
	user := &cobra.Command{
		Use:   "user",
		Short: "The people who may sign in",
		Long:  "Roles: viewer reads; moderator acts and undoes own; editor also undoes others', manages topics and models; admin also manages users.",
		Example: `  commentdesk user add anna --role admin        (asks for the password twice)
  commentdesk user passwd anna < password.txt
  commentdesk user list`,
	}
	user.AddCommand(newUserAdd(p), newUserPasswd(p), newUserRole(p), newUserDisable(p), newUserList(p))
	return user
}

func newUserAdd(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "add NAME", Short: "Add a user; the password is asked for, or read from standard input", Args: cobra.ExactArgs(1),
		Example: "  commentdesk user add anna --role admin\n  commentdesk user add ben < password.txt",
		RunE: withNewDesk(p, func(cmd *cobra.Command, args []string, d *desk) error {
			role, err := account.ParseRole(cmd.Flag("role").Value.String())
			if err != nil {
				return err
			}
			password, err := askPassword(cmd.Context(), p)
			if err != nil {
				return err
			}
			added, err := d.accounts.Add(cmd.Context(), "command line", args[0], password, role)
			if err != nil {
				return err
			}
			say(p.err, "added %s, %s", added.Name, added.Role)
			return nil
		}),
	}
	cmd.Flags().String("role", string(account.Moderator), "viewer, moderator, editor or admin")
	databaseFlag(cmd)
	return cmd
}

func newUserPasswd(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "passwd NAME", Short: "Set a password; the user's sessions end", Args: cobra.ExactArgs(1),
		Example: "  commentdesk user passwd anna",
		RunE: withDesk(p, func(cmd *cobra.Command, args []string, d *desk) error {
			if _, err := d.accounts.ByName(cmd.Context(), args[0]); err != nil {
				return err
			}
			password, err := askPassword(cmd.Context(), p)
			if err != nil {
				return err
			}
			return d.accounts.SetPassword(cmd.Context(), "command line", args[0], password)
		}),
	}
	databaseFlag(cmd)
	return cmd
}

func newUserRole(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "role NAME ROLE", Short: "Change a user's role; the user's sessions end", Args: cobra.ExactArgs(2),
		Example: "  commentdesk user role ben editor",
		RunE: withDesk(p, func(cmd *cobra.Command, args []string, d *desk) error {
			role, err := account.ParseRole(args[1])
			if err != nil {
				return err
			}
			return d.accounts.SetRole(cmd.Context(), "command line", args[0], role)
		}),
	}
	databaseFlag(cmd)
	return cmd
}

func newUserDisable(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "disable NAME", Short: "Keep a user out, or with --undo let them in again", Args: cobra.ExactArgs(1),
		Example: "  commentdesk user disable ben\n  commentdesk user disable ben --undo",
		RunE: withDesk(p, func(cmd *cobra.Command, args []string, d *desk) error {
			undo, err := cmd.Flags().GetBool("undo")
			if err != nil {
				return err
			}
			return d.accounts.Disable(cmd.Context(), "command line", args[0], !undo)
		}),
	}
	cmd.Flags().Bool("undo", false, "let the user in again")
	databaseFlag(cmd)
	return cmd
}

func newUserList(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "List users and their roles", Args: cobra.NoArgs,
		Example: "  commentdesk user list",
		RunE: withDesk(p, func(cmd *cobra.Command, _ []string, d *desk) error {
			users, err := d.accounts.List(cmd.Context())
			if err != nil {
				return err
			}
			if len(users) == 0 {
				say(p.err, "no users yet: commentdesk user add NAME --role admin makes the first")
			}
			for _, u := range users {
				state := ""
				if u.Disabled {
					state = "  disabled"
				}
				if _, err := fmt.Fprintf(p.out, "%-24s %s%s\n", u.Name, u.Role, state); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	databaseFlag(cmd)
	return cmd
}

// askPassword asks twice on a terminal; elsewhere it reads the first line of standard input.
func askPassword(ctx context.Context, p program) (string, error) {
	if file, ok := p.in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		first, err := promptPassword(ctx, p.err, file, "Password: ")
		if err != nil {
			return "", err
		}
		second, err := promptPassword(ctx, p.err, file, "Again: ")
		if err != nil {
			return "", err
		}
		if first != second {
			return "", usage(errors.New("the two passwords differ; nothing was changed"))
		}
		return first, nil
	}
	line, err := bufio.NewReader(io.LimitReader(p.input(ctx), 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// promptPassword reads a line that is not shown. When it is interrupted the terminal shows again what is typed.
func promptPassword(ctx context.Context, w io.Writer, file *os.File, prompt string) (string, error) {
	state, err := term.GetState(int(file.Fd()))
	if err != nil {
		return "", err
	}
	fmt.Fprint(w, prompt)
	defer fmt.Fprintln(w)
	var password []byte
	done := make(chan struct{})
	go func() {
		password, err = term.ReadPassword(int(file.Fd()))
		close(done)
	}()
	select {
	case <-ctx.Done():
		return "", errors.Join(ctx.Err(), term.Restore(int(file.Fd()), state))
	case <-done:
		return string(password), err
	}
}
