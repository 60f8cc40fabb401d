package intake

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
)

// DefaultMaxUnpacked is how many bytes one gzip input may unpack to.
const DefaultMaxUnpacked = 64 << 30

// unpack reads gzip by its first two bytes, whatever the name; everything else passes as it is.
func unpack(r io.Reader, limit int64) (io.Reader, error) {
	buffered := bufio.NewReader(r)
	head, err := buffered.Peek(2)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if !bytes.Equal(head, []byte("\x1f\x8b")) {
		return buffered, nil
	}
	unzipped, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, fmt.Errorf("broken gzip: %w", err)
	}
	if limit <= 0 {
		limit = DefaultMaxUnpacked
	}
	return &unpacked{from: unzipped, limit: limit, left: limit}, nil
}

// unpacked is the content of a gzip input, up to a limit.
type unpacked struct {
	from        io.Reader
	limit, left int64
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.from.Read(p)
	if u.left -= int64(n); u.left < 0 {
		return 0, fmt.Errorf("unpacks to more than %d bytes", u.limit)
	}
	if err != nil && err != io.EOF {
		return n, fmt.Errorf("broken gzip: %w", err)
	}
	return n, err
}
