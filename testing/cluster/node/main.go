// Command test-node is a machine of its own for a test cluster: new network, mount and process namespaces, in which run
// the control plane (test-cluster), containerd, a kubelet, kube-proxy and CoreDNS. Pods really run. It needs root, and
// Debian's containerd, runc, containernetworking-plugins, nftables and iproute2. When it ends, all of it ends.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	nodeIP   = "10.88.0.1" // the API server's and CoreDNS's address too
	pods     = "10.244.0.0/24"
	services = "10.96.0.0/16" // as test-cluster has it
	apiPort  = "6443"
)

var (
	dir      = flag.String("dir", "", "folder for everything (default: a temporary one, removed at the end)")
	bin      = flag.String("bin", "", "folder of test-cluster and test-cluster-dns (default: where this program is)")
	images   = flag.String("images", "", "folder of image tars to import; localhost/pause:1 must be among them")
	address  = flag.String("listen", "127.0.0.1:0", "where the API server can be reached from outside")
	patience = flag.Duration("wait", 10*time.Minute, "how long to wait for another test-node of this machine to end")
	stdin    = flag.Bool("exit-with-stdin", false, "stop when standard input closes")
)

func main() {
	flag.Parse()
	run := outside
	if os.Getpid() == 1 {
		run = inside
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "test-node:", err)
		os.Exit(1)
	}
}

// outside starts this program again in new namespaces, with the listener that was made in the old ones.
func outside() error {
	lock, err := os.Create(filepath.Join(os.TempDir(), "test-node.lock"))
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := acquire(lock, *patience); err != nil {
		return err
	}
	_ = removeCgroups() // of one that was killed
	if *dir == "" {
		temporary, err := os.MkdirTemp("", "test-node-")
		if err != nil {
			return err
		}
		*dir = temporary
		defer os.RemoveAll(temporary)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if *bin == "" {
		*bin = filepath.Dir(self)
	}
	for _, path := range []*string{dir, bin, images} {
		if *path, err = filepath.Abs(*path); err != nil {
			return err
		}
	}
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		return err
	}
	defer listener.Close()
	file, err := listener.(*net.TCPListener).File()
	if err != nil {
		return err
	}
	runtime.LockOSThread() // Pdeathsig goes by the thread
	command := exec.Command(self, "-dir="+*dir, "-bin="+*bin, "-images="+*images)
	command.ExtraFiles = []*os.File{file}
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS | syscall.CLONE_NEWPID,
		Pdeathsig:  syscall.SIGKILL,
		Setpgid:    true,
	}
	lifeline, err := command.StdinPipe() // the machine stops when this closes
	if err != nil {
		return err
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	if err := command.Start(); err != nil {
		return err
	}
	go func() {
		if *stdin {
			go func() { _, _ = io.Copy(io.Discard, os.Stdin); signals <- syscall.SIGTERM }()
		}
		<-signals
		lifeline.Close()
		time.Sleep(20 * time.Second)
		_ = command.Process.Kill()
	}()
	err = command.Wait()
	for range 50 { // the last processes may still be going
		if removeCgroups() == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

// acquire takes the lock of this machine's only test-node: two kubelets would remove each other's control groups.
func acquire(lock *os.File, patience time.Duration) error {
	for deadline := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("another test-node has been running for %s: end it first", patience)
		}
	}
}

// removeCgroups removes the control groups the kubelet made: they are not the namespaces', so they stay.
func removeCgroups() (failed error) {
	groups, _ := filepath.Glob("/sys/fs/cgroup/*/kubepods")
	for _, group := range append(groups, "/sys/fs/cgroup/kubepods") {
		var folders []string
		_ = filepath.WalkDir(group, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				folders = append(folders, path)
			}
			return nil
		})
		for i := len(folders) - 1; i >= 0; i-- {
			failed = errors.Join(failed, os.Remove(folders[i]))
		}
	}
	return failed
}

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
	proxy := start("kube-proxy", program("test-cluster"), "kube-proxy", "--kubeconfig="+path("control-plane/kube-proxy.kubeconfig"),
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
	fmt.Printf("READY server=%s kubeconfig=%s seconds=%.1f\n", outer, path("kubeconfig"), time.Since(began).Seconds())

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
	case <-proxy.done:
		return proxy.ended()
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
	go func() {
		for {
			outer, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer outer.Close()
				inner, err := net.Dial("tcp", net.JoinHostPort(nodeIP, apiPort))
				if err != nil {
					return
				}
				defer inner.Close()
				go func() {
					_, _ = io.Copy(inner, outer)
					inner.(*net.TCPConn).CloseWrite()
				}()
				_, _ = io.Copy(outer, inner)
			}()
		}
	}()
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

// process is a program that this one started; its output goes to NAME.log.
type process struct {
	name   string
	status syscall.WaitStatus
	done   chan struct{}
}

var (
	mutex     sync.Mutex
	processes = map[int]*process{}
)

func start(name string, command ...string) *process {
	mutex.Lock() // so that reap knows the process before it can end
	defer mutex.Unlock()
	p := &process{name: name, done: make(chan struct{})}
	log, err := os.OpenFile(path(name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err == nil {
		defer log.Close()
		var file string
		if file, err = exec.LookPath(command[0]); err == nil {
			var started *os.Process
			if started, err = os.StartProcess(file, command, &os.ProcAttr{Files: []*os.File{nil, log, log}}); err == nil {
				processes[started.Pid] = p
				_ = started.Release()
			}
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "test-node:", err)
		p.status = 127 << 8
		close(p.done)
	}
	return p
}

// ran tells whether the command ended well.
func ran(command ...string) bool {
	p := start("commands", command...)
	<-p.done
	return p.status == 0
}

func (p *process) ended() error {
	return fmt.Errorf("%s ended with status %d; see %s", p.name, p.status.ExitStatus(), path(p.name+".log"))
}

// until returns when the condition holds, or the process has ended.
func (p *process) until(condition func() bool) error {
	for !condition() {
		select {
		case <-p.done:
			return p.ended()
		case <-time.After(25 * time.Millisecond):
		}
	}
	return nil
}

// reap waits for every process that ends: process 1 inherits the orphans.
func reap() {
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		if err != nil {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		mutex.Lock()
		if p := processes[pid]; p != nil {
			p.status = status
			close(p.done)
			delete(processes, pid)
		}
		mutex.Unlock()
	}
}
