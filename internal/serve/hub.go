package serve

import "sync"

// A hub wakes the open streams of events. It tells them nothing: each looks up
// for itself what is so now, so that a slow one skips what it has missed.
//
// No channel that others send on is ever closed. A listener's channel holds
// one wake-up, and a second one that meets a full channel is not needed: the
// first has not been heeded yet.
type hub struct {
	mu        sync.Mutex
	listeners map[chan struct{}]bool
	closed    chan struct{} // closed once, by close; nobody sends on it
	once      sync.Once
}

func newHub() *hub {
	return &hub{listeners: map[chan struct{}]bool{}, closed: make(chan struct{})}
}

// join returns a channel that receives after each wake from now on.
func (h *hub) join() chan struct{} {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.listeners[c] = true
	return c
}

func (h *hub) leave(c chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.listeners, c)
}

func (h *hub) wake() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.listeners {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// close ends all streams.
func (h *hub) close() { h.once.Do(func() { close(h.closed) }) }
