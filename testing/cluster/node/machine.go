package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// inside is process 1 of the new machine.
func inside() error {
	began := time.Now()
	if err := prepare(); err != nil {
		return err
	}
	socket := path("containerd.sock")
	containerd := start("containerd", "containerd", "--config="+path("containerd.toml"))
	controlPlane := start("control-plane", program("test-cluster"), "--dir="+path("control-plane"), "--address="+net.JoinHostPort(nodeIP, apiPort))

	if err := containerd.until(func() bool { return ran("ctr", "-a", socket, "version") }); err != nil {
		return err
	}
	tars, _ := filepath.Glob(filepath.Join(*images, "*.tar"))
	for _, tar := range tars {
		if !ran("ctr", "-a", socket, "-n", "k8s.io", "images", "import", tar) {
			return fmt.Errorf("cannot import the image %s", tar)
		}
	}
	if err := controlPlane.until(func() bool { return contains(path("control-plane.log"), "READY") }); err != nil {
		return err
	}
	kubelet := start("kubelet", program("test-cluster"), "kubelet", "--config="+path("kubelet.yaml"), "--kubeconfig="+path("control-plane/kubelet.kubeconfig"),
		"--root-dir="+path("kubelet"), "--cert-dir="+path("kubelet/pki"), "--node-ip="+nodeIP, "--hostname-override=node")
	services := start("kube-proxy", program("test-cluster"), "kube-proxy", "--kubeconfig="+path("control-plane/kube-proxy.kubeconfig"),
		"--proxy-mode=nftables", "--cluster-cidr="+pods, "--hostname-override=node", "--conntrack-max-per-core=0", "--conntrack-min=0")
	dns := start("dns", program("test-cluster-dns"), "-conf="+path("Corefile"))

	outer, err := publish()
	if err != nil {
		return err
	}
	kubectl := []string{program("test-cluster"), "kubectl", "--kubeconfig=" + path("control-plane/admin.kubeconfig"), "wait", "node/node", "--timeout=60s"}
	if !ran(append(kubectl, "--for=create")...) || !ran(append(kubectl, "--for=condition=Ready")...) {
		return fmt.Errorf("the node is not ready; see %s", path("kubelet.log"))
	}
	proxy, err := serveProxy()
	if err != nil {
		return err
	}
	fmt.Printf("READY server=%s kubeconfig=%s proxy=%s seconds=%.1f\n", outer, path("kubeconfig"), proxy, time.Since(began).Seconds())

	stopped := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(stopped)
	}()
	select { // and with process 1 ends every other
	case <-stopped:
		return nil
	case <-containerd.done:
		return containerd.ended()
	case <-controlPlane.done:
		return controlPlane.ended()
	case <-kubelet.done:
		return kubelet.ended()
	case <-services.done:
		return services.ended()
	case <-dns.done:
		return dns.ended()
	}
}

// prepare sets up the machine: mounts, network, and the configuration files.
func prepare() error {
	for _, m := range []struct {
		source, target, kind string
		flags                uintptr
	}{
		{"", "/", "", syscall.MS_REC | syscall.MS_PRIVATE}, // nothing we mount shows outside
		{"proc", "/proc", "proc", 0},
		{"tmpfs", "/run", "tmpfs", 0},
		{"", "/", "", syscall.MS_REC | syscall.MS_SHARED}, // what the kubelet mounts shows in containers
	} {
		if err := syscall.Mount(m.source, m.target, m.kind, m.flags, ""); err != nil {
			return fmt.Errorf("mount %s: %w", m.target, err)
		}
	}
	for name, text := range map[string]string{
		"containerd.toml":      containerdConfig,
		"cni/10-pods.conflist": cniConfig,
		"kubelet.yaml":         kubeletConfig,
		"Corefile":             dnsConfig,
		"resolv.conf":          "",
	} {
		text = strings.NewReplacer("DIR", *dir, "NODE", nodeIP, "PODS", pods).Replace(text)
		if err := os.MkdirAll(filepath.Dir(path(name)), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path(name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	go reap()
	for _, arguments := range []string{
		"link set lo up",
		"address add " + nodeIP + "/32 dev lo",
		"route add " + services + " dev lo src " + nodeIP, // the machine's own way to Services, which kube-proxy then rewrites
	} {
		if !ran(append([]string{"ip"}, strings.Fields(arguments)...)...) {
			return fmt.Errorf("ip %s: see %s", arguments, path("commands.log"))
		}
	}
	return os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0)
}

// publish relays the listener that was made outside to the API server, and writes the kubeconfig for use there.
func publish() (server string, err error) {
	listener, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		return "", err
	}
	go serve(listener, func(outer net.Conn) {
		if inner, err := net.Dial("tcp", net.JoinHostPort(nodeIP, apiPort)); err == nil {
			relay(outer, inner)
		}
	})
	text, err := os.ReadFile(path("control-plane/admin.kubeconfig"))
	if err != nil {
		return "", err
	}
	server = "https://" + listener.Addr().String()
	return server, os.WriteFile(path("kubeconfig"), []byte(strings.ReplaceAll(string(text), "https://"+net.JoinHostPort(nodeIP, apiPort), server)), 0o600)
}

func path(name string) string    { return filepath.Join(*dir, name) }
func program(name string) string { return filepath.Join(*bin, name) }

func contains(file, text string) bool {
	content, _ := os.ReadFile(file)
	return strings.Contains(string(content), text)
}
