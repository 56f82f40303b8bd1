// Command demo is a small server to try Pods with: it shows a mounted file, and takes a second to end on SIGTERM.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") })
	http.HandleFunc("/mounted/", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, r.URL.Path) })
	server := &http.Server{Addr: ":8080"}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	go func() { fmt.Println("listening:", server.ListenAndServe()) }()
	fmt.Println("got", <-signals, "and drains")
	time.Sleep(time.Second)
	_ = server.Shutdown(context.Background())
	fmt.Println("drained")
}
