package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// describeMachine names the processor, its cores, the system, the Go version, and where Linux tells it how busy the machine is.
func describeMachine() string {
	processor := field("/proc/cpuinfo", "model name", ":")
	if processor == "" {
		processor = "processor not named by the system"
	}
	system := runtime.GOOS + "/" + runtime.GOARCH
	if name := field("/etc/os-release", "PRETTY_NAME", "="); name != "" {
		system = strings.Trim(name, `"`) + ", " + system
	}
	described := fmt.Sprintf("%s, %d cores; %s; %s", processor, runtime.NumCPU(), system, runtime.Version())
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		minute, _, _ := strings.Cut(string(load), " ")
		described += "; load average at the start " + minute
	}
	return described
}

// field is the first value of a key in a file of lines "key separator value", "" where there is none.
func field(path, key, separator string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), separator); ok && strings.TrimSpace(name) == key {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// commit is the commit of the working tree, with "+ changes" where something but the history of figures differs from it.
func commit(ctx context.Context) string {
	head, err := exec.CommandContext(ctx, "git", "rev-parse", "--short", "HEAD").Output()
	if err != nil {
		return "not known (" + reason(err).Error() + ")"
	}
	name := strings.TrimSpace(string(head))
	changes, err := exec.CommandContext(ctx, "git", "status", "--porcelain", "--", ":(top)", ":(top,exclude)"+history).Output()
	switch {
	case err != nil:
		return name + ", changes not known (" + reason(err).Error() + ")"
	case len(changes) > 0:
		return name + " + changes"
	}
	return name
}

// longestReason is how many characters of a failed command's output are kept.
const longestReason = 400

// reason is the error of a command with what it said, where it said something.
func reason(err error) error {
	var failed *exec.ExitError
	if !errors.As(err, &failed) || len(failed.Stderr) == 0 {
		return err
	}
	said := []rune(strings.Join(strings.Fields(string(failed.Stderr)), " "))
	if len(said) > longestReason {
		said = append(said[:longestReason], '…')
	}
	return fmt.Errorf("%w: %s", err, string(said))
}
