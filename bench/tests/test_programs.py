"""The C programs against each other and against wrong peers. Sockets on loopback, a few seconds."""
import socket
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

from driver import tools
from driver.load import parse
from driver.processes import Child, Ports
from driver.settings import BUILD

REQUEST = b"POST %s HTTP/1.1\r\nHost: x\r\n%sContent-Length: 2\r\n\r\n{}"


class Programs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        tools.build()

    def setUp(self):
        self.ports = Ports()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def start(self, name, *arguments):
        child = Child(name, [BUILD / name, 30, *arguments], 0, self.folder / f"{name}.log")
        self.addCleanup(child.stop)
        return child

    def mock(self, behaviour):
        port = self.ports.take()
        child = self.start("mock", f"{port}:{behaviour}")
        child.wait_for_port(port)
        return port

    def lg(self, port, *arguments):
        command = [BUILD / "lg", "-p", port, *arguments]
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60)
        return done.returncode, parse(done.stdout, done.stderr)

    def test_every_request_through_the_floor_is_answered_whole(self):
        upstream, port = self.mock("json"), self.ports.take()
        self.start("fproxy", f"{port}:{upstream}").wait_for_port(port)
        _, direct = self.lg(upstream, "-c", 1, "-n", 1)
        body = self.folder / "body"
        body.write_bytes(b"x" * 3_000_000)

        _, found = self.lg(port, "-c", 4, "-n", 40, "-b", body, "-x", direct.bytes)

        self.assertEqual((40, 0), (found.requests, found.errors))

    def test_paced_events_are_counted_and_timed(self):
        port = self.mock("paced:5:2000")

        _, found = self.lg(port, "-c", 3, "-n", 6, "-e", "-u", "/v1/chat/completions")

        self.assertEqual((6, 30), (found.requests, found.events))
        self.assertGreater(found.event_p50, 0)

    def test_each_path_is_answered_in_its_own_format(self):
        port = self.mock("burst:2")
        ends = {
            b"/v1/chat/completions": b"data: [DONE]",
            b"/v1/messages": b"event: message_stop",
            b"/v1/responses": b"event: response.completed",
        }
        for path, end in ends.items():
            with self.subTest(path), socket.create_connection(("127.0.0.1", port), 10) as connection:
                connection.sendall(REQUEST % (path, b""))
                answer = b""
                while not answer.endswith(b"0\r\n\r\n"):
                    answer += connection.recv(65536)

                self.assertIn(end, answer)
                self.assertEqual(2, answer.count(b" token "))

    def test_an_open_loop_keeps_its_rate(self):
        port = self.mock("json")

        _, found = self.lg(port, "-c", 8, "-d", 1, "-r", 500)

        self.assertEqual(500, found.requests)

    def test_an_answer_of_another_length_is_an_error(self):
        port = self.mock("json")

        _, found = self.lg(port, "-c", 1, "-n", 5, "-x", 7)

        self.assertEqual(5, found.errors)

    def test_other_statuses_cut_answers_and_broken_chunks_are_errors(self):
        answers = {
            "not 200": b"HTTP/1.1 429 Too Many\r\nContent-Length: 0\r\n\r\n",
            "closed": b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
            "broken framing": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        }
        for message, answer in answers.items():
            with self.subTest(message):
                port = self.serve(answer)

                _, found = self.lg(port, "-c", 1, "-n", 1)

                self.assertEqual(1, found.errors)
                self.assertIn(message, found.message)

    def test_a_mock_refuses_proxies_that_do_not_keep_connections(self):
        port = self.ports.take()
        child = self.start("mock", f"{port}:json")
        child.wait_for_port(port)

        with socket.create_connection(("127.0.0.1", port), 5) as client:
            client.sendall(REQUEST % (b"/", b"Connection: close\r\n"))
            self.assertEqual(b"", client.recv(1))

        self.assertIn("does not keep its upstream connections", child.tail())

    def test_a_request_split_at_every_byte_is_answered_once(self):
        port = self.mock("json")
        request = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
        with socket.create_connection(("127.0.0.1", port), 5) as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for at in range(len(request)):
                client.sendall(request[at : at + 1])
            answer = client.recv(1 << 16)

        self.assertEqual(1, answer.count(b"HTTP/1.1 200"))

    def serve(self, answer):
        """A peer that gives `answer` to its first client and closes."""
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)

        def once():
            client, _ = server.accept()
            with client:
                client.recv(1 << 16)
                client.sendall(answer)

        thread = threading.Thread(target=once, daemon=True)
        thread.start()
        self.addCleanup(thread.join, 5)
        return server.getsockname()[1]


if __name__ == "__main__":
    unittest.main()
