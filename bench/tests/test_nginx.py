"""The yardstick's configuration: a wrong baseline flatters the gateway."""
import unittest

from driver import nginx


class Baseline(unittest.TestCase):
    def proxy(self, *names):
        ports = {name: 100 + number for number, name in enumerate(names)}
        return nginx.proxy("/f", ports, dict(ports), "/c", "key", 10000)

    def test_every_location_keeps_its_upstream_connections(self):
        text = self.proxy("json", "burst", "tls")

        self.assertEqual(3, text.count("location /"))
        self.assertEqual(3, text.count('proxy_set_header Connection "";'))
        self.assertEqual(3, text.count("keepalive 256;"))
        self.assertIn("proxy_http_version 1.1;", text)

    def test_streams_are_not_buffered_and_bodies_stay_in_memory(self):
        self.assertEqual(1, self.proxy("json", "burst", "tls").count("proxy_buffering off;"))
        self.assertIn("client_body_buffer_size 16m;", self.proxy("json"))

    def test_https_upstreams_are_verified(self):
        text = self.proxy("tls")

        self.assertIn("proxy_pass https://tls;", text)
        self.assertIn("proxy_ssl_verify on;", text)
        self.assertIn("proxy_ssl_protocols TLSv1.3;", text)


if __name__ == "__main__":
    unittest.main()
