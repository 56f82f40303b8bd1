// Command test-cluster is a real Kubernetes control plane for tests: an embedded etcd, and the unmodified
// kube-apiserver, kube-controller-manager and kube-scheduler as child processes of this one binary.
//
//	test-cluster [flags]               start a cluster, print one line when it is ready, stop on SIGTERM or SIGINT
//	test-cluster kube-apiserver ...    be that component, with its own flags: so the children are started
//	kubectl ...                        be that component, by the name of a link to this binary
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
	_ "time/tzdata" // for time zones in CronJobs

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/component-base/cli"
)

const (
	serviceIPs     = "10.96.0.0/16"
	firstServiceIP = "10.96.0.1" // the Service "kubernetes"
	patience       = 2 * time.Minute
)

func main() {
	if components[filepath.Base(os.Args[0])] == nil && len(os.Args) > 1 {
		if components[os.Args[1]] != nil {
			os.Args = os.Args[1:]
		}
	}
	if component := components[filepath.Base(os.Args[0])]; component != nil {
		os.Exit(cli.Run(component()))
	}
	dir := flag.String("dir", "", "folder for keys, data, logs and kubeconfigs (default: a temporary one, removed at the end)")
	address := flag.String("address", "127.0.0.1:0", "where the API server listens; port 0 is any free one")
	withStdin := flag.Bool("exit-with-stdin", false, "stop when standard input closes, so that the cluster ends with the program that started it")
	flag.Parse()

	runtime.LockOSThread() // the main thread starts the children, which end when it does
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if *withStdin {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}
	if err := serve(ctx, *dir, *address); err != nil {
		fmt.Fprintln(os.Stderr, "test-cluster:", err)
		os.Exit(1)
	}
}

func serve(ctx context.Context, dir, address string) (err error) {
	began := time.Now()
	if dir == "" {
		if dir, err = os.MkdirTemp("", "test-cluster-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address) // to learn of a free port, and that the address is ours
	if err != nil {
		return err
	}
	bound := listener.Addr().(*net.TCPAddr)
	_ = listener.Close()
	if err := writeCredentials(dir, bound); err != nil {
		return fmt.Errorf("credentials: %w", err)
	}
	if err := writeAuditPolicy(dir); err != nil {
		return err
	}
	etcd, err := startEtcd(dir)
	if err != nil {
		return fmt.Errorf("etcd: %w", err)
	}
	defer etcd.Close()
	children := &children{dir: dir, died: make(chan error, 8)}
	defer children.stop()

	kubeconfig := filepath.Join(dir, "admin.kubeconfig")
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	if err := children.start("kube-apiserver", apiserverFlags(dir, bound)...); err != nil {
		return err
	}
	if err := children.wait(ctx, "the API server", func() error {
		return client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error()
	}); err != nil {
		return err
	}
	// Not sooner: the controller manager asks whether the API server is healthy only once a second.
	if err := children.start("kube-controller-manager", controllerManagerFlags(dir)...); err != nil {
		return err
	}
	if err := children.start("kube-scheduler", schedulerFlags(dir)...); err != nil {
		return err
	}
	if err := children.wait(ctx, "the default namespace", func() error { // what a Pod there needs
		if _, err := client.CoreV1().ServiceAccounts("default").Get(ctx, "default", metav1.GetOptions{}); err != nil {
			return err
		}
		_, err := client.CoreV1().ConfigMaps("default").Get(ctx, "kube-root-ca.crt", metav1.GetOptions{})
		return err
	}); err != nil {
		return err
	}
	fmt.Printf("READY server=%s kubeconfig=%s seconds=%.1f\n", config.Host, kubeconfig, time.Since(began).Seconds())
	select {
	case <-ctx.Done():
		return nil
	case err := <-children.died:
		return err
	}
}
