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

// outside starts this program again in new namespaces, with listeners that were made in the old ones.
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
	var files []*os.File // the API server's, and the proxy's
	for _, address := range []string{*address, "127.0.0.1:0"} {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			return err
		}
		defer listener.Close()
		file, err := listener.(*net.TCPListener).File()
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	runtime.LockOSThread() // Pdeathsig goes by the thread
	command := exec.Command(self, "-dir="+*dir, "-bin="+*bin, "-images="+*images)
	command.ExtraFiles = files
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
