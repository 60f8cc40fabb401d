package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"commentdesk/moderation"
)

// Limits of a password.
const (
	MinPassword      = 10  // characters
	MaxPasswordBytes = 200 // bytes
)

// Parameters of argon2id: the second choice of the OWASP password storage cheat sheet.
const (
	hashMemory  = 19 << 10 // KiB
	hashTime    = 2        // passes
	hashThreads = 1
	hashLength  = 32 // bytes
	saltLength  = 16 // bytes
	hashers     = 2  // hashes at the same time, so that sign-ins cannot use up the memory
)

// noPassword is the hash that an unknown user's password is compared with. No password has it: its digest is all zero.
var noPassword = phc(make([]byte, saltLength), make([]byte, hashLength))

// hasher hashes passwords, a few at a time.
type hasher chan struct{}

func newHasher() hasher { return make(hasher, hashers) }

func (h hasher) key(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case h <- struct{}{}:
		defer func() { <-h }()
		return argon2.IDKey([]byte(password), salt, hashTime, hashMemory, hashThreads, hashLength), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// hash makes the PHC string of a new password.
func (h hasher) hash(ctx context.Context, password string) (string, error) {
	if utf8.RuneCountInString(password) < MinPassword {
		return "", moderation.Invalid("a password has at least %d characters", MinPassword)
	}
	if len(password) > MaxPasswordBytes {
		return "", moderation.Invalid("a password has at most %d bytes", MaxPasswordBytes)
	}
	salt := make([]byte, saltLength)
	rand.Read(salt) // never fails: it ends the program instead
	key, err := h.key(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return phc(salt, key), nil
}

// matches reports whether the password has the hash.
func (h hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	salt, want, err := readPHC(hash)
	if err != nil {
		return false, err
	}
	got, err := h.key(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

var phcHead = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, hashMemory, hashTime, hashThreads)

// phc is the string format of the Password Hashing Competition.
func phc(salt, key []byte) string {
	return phcHead + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key)
}

// readPHC takes a hash apart. It reads only the parameters that hash writes.
func readPHC(hash string) (salt, key []byte, err error) {
	tail, ok := strings.CutPrefix(hash, phcHead)
	first, second, cut := strings.Cut(tail, "$")
	if !ok || !cut {
		return nil, nil, fmt.Errorf("a stored password hash has an unknown form")
	}
	if salt, err = base64.RawStdEncoding.DecodeString(first); err != nil {
		return nil, nil, fmt.Errorf("a stored password hash has a broken salt: %w", err)
	}
	if key, err = base64.RawStdEncoding.DecodeString(second); err != nil || len(key) != hashLength {
		return nil, nil, fmt.Errorf("a stored password hash is broken")
	}
	return salt, key, nil
}
