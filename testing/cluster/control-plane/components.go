package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
)

// components are what this binary can be: by its own name, or else by its first argument.
var components = map[string]func() *cobra.Command{
	"etcd":                    newEtcdCommand,
	"kube-apiserver":          apiserver.NewAPIServerCommand,
	"kube-controller-manager": controllermanager.NewControllerManagerCommand,
	"kube-proxy":              proxy.NewProxyCommand,
	"kube-scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
	"kubectl":                 kubectl.NewDefaultKubectlCommand,
	"kubelet":                 func() *cobra.Command { return kubelet.NewKubeletCommand(context.Background()) },
}

// auditPolicy notes who touched which Secret: tests of permissions read DIR/audit.log. For the ServiceAccounts of the
// namespace "llm-gateway" it notes too what a get answered, since only the answer tells a whole Secret from its metadata.
const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- {level: RequestResponse, userGroups: ["system:serviceaccounts:llm-gateway"], verbs: [get], resources: [{group: "", resources: [secrets]}]}
- {level: Metadata, resources: [{group: "", resources: [secrets]}]}
- {level: None}
`

func writeAuditPolicy(dir string) error {
	return os.WriteFile(filepath.Join(dir, "audit-policy.yaml"), []byte(auditPolicy), 0o600)
}

func apiserverFlags(dir string, bound *net.TCPAddr) []string {
	file := func(name string) string { return filepath.Join(dir, name) }
	advertise := []string{"--advertise-address=" + bound.IP.String()}
	if bound.IP.IsLoopback() { // which is refused: name an address nobody has, and make no endpoint of it
		advertise = []string{"--advertise-address=192.0.2.1", "--endpoint-reconciler-type=none"}
	}
	return append(advertise,
		"--etcd-servers=unix://"+etcdSocket(dir),
		"--bind-address="+bound.IP.String(),
		"--secure-port="+strconv.Itoa(bound.Port),
		"--service-cluster-ip-range="+serviceIPs,
		"--tls-cert-file="+file("kube-apiserver.crt"),
		"--tls-private-key-file="+file("kube-apiserver.key"),
		"--client-ca-file="+file("ca.crt"),
		"--kubelet-preferred-address-types=InternalIP",
		"--kubelet-client-certificate="+file("kube-apiserver-kubelet.crt"),
		"--kubelet-client-key="+file("kube-apiserver-kubelet.key"),
		"--authorization-mode=Node,RBAC",
		"--enable-admission-plugins=NodeRestriction",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file="+file("service-account.crt"),
		"--service-account-signing-key-file="+file("service-account.key"),
		"--audit-policy-file="+file("audit-policy.yaml"),
		"--audit-log-path="+file("audit.log"),
		"--allow-privileged=true",
		"--enable-priority-and-fairness=false",
		"--profiling=false",
	)
}

func controllerManagerFlags(dir string) []string {
	return []string{
		"--kubeconfig=" + filepath.Join(dir, "kube-controller-manager.kubeconfig"),
		"--service-account-private-key-file=" + filepath.Join(dir, "service-account.key"),
		"--root-ca-file=" + filepath.Join(dir, "ca.crt"),
		"--cluster-signing-cert-file=" + filepath.Join(dir, "ca.crt"),
		"--cluster-signing-key-file=" + filepath.Join(dir, "ca.key"),
		"--leader-elect=false",
		"--secure-port=0",
		"--profiling=false",
	}
}

func schedulerFlags(dir string) []string {
	return []string{
		"--kubeconfig=" + filepath.Join(dir, "kube-scheduler.kubeconfig"),
		"--leader-elect=false",
		"--secure-port=0",
		"--profiling=false",
	}
}
