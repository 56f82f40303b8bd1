package main

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

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
