package main

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
)

// serveProxy is a SOCKS 5 proxy (RFC 1928: no authentication, CONNECT, IPv4) on a port outside: its clients reach Pods and
// Services as if they were on this machine.
func serveProxy() (address string, err error) {
	listener, err := net.FileListener(os.NewFile(4, "proxy"))
	if err != nil {
		return "", err
	}
	go serve(listener, func(outer net.Conn) {
		target, err := socksTarget(outer)
		if err != nil {
			return
		}
		inner, err := net.Dial("tcp", target)
		answer := []byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0}
		if err != nil {
			answer[1] = 5 // connection refused
		}
		if _, failed := outer.Write(answer); err == nil && failed == nil {
			relay(outer, inner)
		}
	})
	return listener.Addr().String(), nil
}

func socksTarget(outer net.Conn) (string, error) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(outer, head); err != nil {
		return "", err
	}
	if _, err := io.ReadFull(outer, make([]byte, head[1])); err != nil { // the methods offered
		return "", err
	}
	if _, err := outer.Write([]byte{5, 0}); err != nil {
		return "", err
	}
	request := make([]byte, 10)
	if _, err := io.ReadFull(outer, request); err != nil {
		return "", err
	}
	if request[0] != 5 || request[1] != 1 || request[3] != 1 {
		return "", errors.New("only CONNECT to an IPv4 address")
	}
	port := binary.BigEndian.Uint16(request[8:])
	return net.JoinHostPort(net.IP(request[4:8]).String(), strconv.Itoa(int(port))), nil
}

// serve hands out connections, each closed when its handler returns.
func serve(listener net.Listener, handle func(net.Conn)) {
	for {
		outer, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer outer.Close()
			handle(outer)
		}()
	}
}

// relay returns when the inner side has ended.
func relay(outer, inner net.Conn) {
	defer inner.Close()
	go func() {
		_, _ = io.Copy(inner, outer)
		inner.(*net.TCPConn).CloseWrite()
	}()
	_, _ = io.Copy(outer, inner)
}
