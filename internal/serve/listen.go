package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
)

// An address is where the server listens, and by which names it answers.
type address struct {
	url  string // with a slash at its end
	host string // as configured, in lower case
	open bool   // other machines can reach it
}

// portsTried is how many ports are tried, beginning with the given one.
const portsTried = 64

// listen listens at addr ("host:port", ":port" or "port"), or at the same
// host's next free port.
func listen(ctx context.Context, addr string) (net.Listener, address, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil && !strings.Contains(addr, ":") {
		host, port, err = "", addr, nil
	}
	first, perr := strconv.ParseUint(port, 10, 16)
	if err != nil || perr != nil {
		return nil, address{}, fmt.Errorf("%q is not an address: write host:port, for example 127.0.0.1:1313", addr)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	var config net.ListenConfig
	for p := first; ; p++ {
		ln, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.FormatUint(p, 10)))
		if err == nil {
			return ln, addressOf(host, ln.Addr()), nil
		}
		if !taken(err) || p == 1<<16-1 || p+1 == first+portsTried {
			return nil, address{}, err
		}
	}
}

// taken reports whether an error of listening says that the port is in use:
// by its number on Unix, or by that of Windows (WSAEADDRINUSE).
func taken(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, syscall.Errno(10048))
}

func addressOf(host string, bound net.Addr) address {
	a := address{host: strings.ToLower(host)}
	shown := host
	if tcp, ok := bound.(*net.TCPAddr); ok {
		ip := tcp.AddrPort().Addr().Unmap()
		a.open = !ip.IsLoopback()
		if ip.IsUnspecified() {
			shown = "127.0.0.1"
		}
		a.url = "http://" + net.JoinHostPort(shown, strconv.Itoa(tcp.Port)) + "/"
	}
	return a
}

// answers reports whether the server goes by the name in a Host header: that
// of the loopback address, the configured one, and any address in digits if it
// listens for other machines. A name in digits cannot be bent by DNS.
func (a address) answers(hostport string) bool {
	name := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(name, "["), "]"))
	if name == "localhost" || name == a.host {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && (ip.IsLoopback() || a.open)
}
