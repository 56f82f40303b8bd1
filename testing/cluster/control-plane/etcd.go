package main

import (
	"errors"
	"net/url"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/embed"
)

func etcdSocket(dir string) string { return filepath.Join(dir, "etcd.sock") }

// startEtcd runs a one-member etcd in this process. It listens on a Unix socket only, and never syncs to disk:
// the data need not outlive the machine.
func startEtcd(dir string) (*embed.Etcd, error) {
	config := embed.NewConfig()
	config.Dir = filepath.Join(dir, "etcd")
	config.ListenClientUrls = []url.URL{{Scheme: "unix", Path: etcdSocket(dir)}}
	config.ListenPeerUrls = nil
	config.UnsafeNoFsync = true
	config.TickMs, config.ElectionMs = 20, 200 // elect the only member at once
	config.LogLevel = "warn"
	config.LogOutputs = []string{filepath.Join(dir, "etcd.log")}
	return started(config)
}

// started returns when the etcd serves.
func started(config *embed.Config) (*embed.Etcd, error) {
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return nil, err
	}
	select {
	case <-etcd.Server.ReadyNotify():
		return etcd, nil
	case err = <-etcd.Err():
	case <-time.After(patience):
		err = errors.New("no leader")
	}
	etcd.Close()
	return nil, err
}

// newEtcdCommand is an etcd of its own, with the flags that a folder for KUBEBUILDER_ASSETS must understand.
func newEtcdCommand() *cobra.Command {
	config := embed.NewConfig()
	var client, peer string
	command := &cobra.Command{Use: "etcd", RunE: func(*cobra.Command, []string) error {
		clientURL, err := url.Parse(client)
		if err != nil {
			return err
		}
		peerURL, err := url.Parse(peer)
		if err != nil {
			return err
		}
		config.ListenClientUrls, config.AdvertiseClientUrls = []url.URL{*clientURL}, []url.URL{*clientURL}
		config.ListenPeerUrls, config.AdvertisePeerUrls = []url.URL{*peerURL}, []url.URL{*peerURL}
		config.InitialCluster = config.Name + "=" + peer
		etcd, err := started(config)
		if err != nil {
			return err
		}
		return <-etcd.Err()
	}}
	flags := command.Flags()
	flags.StringVar(&config.Dir, "data-dir", "etcd", "folder for data")
	flags.StringVar(&client, "listen-client-urls", "http://127.0.0.1:2379", "where clients are served")
	flags.StringVar(&peer, "listen-peer-urls", "http://127.0.0.1:2380", "where other members would be served")
	flags.BoolVar(&config.UnsafeNoFsync, "unsafe-no-fsync", false, "never sync to disk")
	for _, name := range []string{"advertise-client-urls", "initial-advertise-peer-urls", "initial-cluster"} {
		flags.String(name, "", "accepted, and derived from the others")
	}
	return command
}
