//go:build unix

package load

import (
	"io/fs"
	"os"
	"syscall"
)

// readFile reads a file as [os.ReadFile] does. Of a regular file that takes
// four calls of the system and one allocation: package os would also ask
// whether the file can be waited for, and what comes after its end, and would
// make a thing that closes itself. Any other kind of file is left to it.
func readFile(name string) ([]byte, error) {
	var fd int
	err := again(func() (err error) {
		fd, err = syscall.Open(name, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
		return err
	})
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	defer syscall.Close(fd)
	var info syscall.Stat_t
	if err := again(func() error { return syscall.Fstat(fd, &info) }); err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	if info.Mode&syscall.S_IFMT != syscall.S_IFREG || info.Size == 0 { // of which the size says nothing
		return os.ReadFile(name)
	}
	data := make([]byte, info.Size)
	for n := 0; n < len(data); {
		k := 0
		err := again(func() (err error) {
			k, err = syscall.Read(fd, data[n:])
			return err
		})
		if err != nil {
			return nil, &fs.PathError{Op: "read", Path: name, Err: err}
		}
		if k == 0 { // it has just become shorter
			return data[:n], nil
		}
		n += k
	}
	return data, nil
}

// again calls f until no signal interrupts it, as package os does.
func again(f func() error) error {
	for {
		if err := f(); err != syscall.EINTR {
			return err
		}
	}
}
