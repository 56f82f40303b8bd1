"""nginx as the yardstick, configured honestly: kept upstream connections over HTTP/1.1, no body on disk, no buffering
of streams, no access log (the gateway's stays on)."""
import os

_FRAME = """\
{user}worker_processes 1;
daemon off;
error_log stderr crit;
pid {folder}/nginx.pid;
worker_rlimit_nofile {files};
events {{ worker_connections {connections}; }}
http {{
  access_log off;
  keepalive_requests 100000000;
  client_max_body_size 64m;
  client_body_buffer_size 16m;
  client_body_temp_path {folder}/client;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  proxy_http_version 1.1;
  proxy_read_timeout 600s;
{servers}}}
"""

# `proxy_set_header` is inherited only by a block that has none of its own, so both stand together.
_PROXY = """\
  upstream {name} {{ server 127.0.0.1:{upstream}; keepalive 256; keepalive_requests 100000000; }}
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{
      proxy_set_header Connection "";
      proxy_set_header Authorization "Bearer {credential}";
      {buffering}proxy_pass {scheme}://{name};
    }}
{tls}  }}
"""

_PROXY_TLS = """\
    proxy_ssl_protocols TLSv1.3;
    proxy_ssl_verify on;
    proxy_ssl_trusted_certificate {certificates}/ca.pem;
    proxy_ssl_server_name on;
    proxy_ssl_name localhost;
    proxy_ssl_session_reuse on;
"""

_TLS_SERVER = """\
  upstream json {{ server 127.0.0.1:{upstream}; keepalive 256; keepalive_requests 100000000; }}
  server {{
    listen 127.0.0.1:{port} ssl backlog=4096;
{ipv6}    ssl_protocols TLSv1.3;
    ssl_certificate {certificates}/cert.pem;
    ssl_certificate_key {certificates}/key.pem;
    location / {{
      proxy_set_header Connection "";
      proxy_pass http://json;
    }}
  }}
"""

_BUFFERED = ("json", "tls")


def proxy(folder, ports, upstream_ports, certificates, credential, files):
    """Configuration of a proxy: for every upstream's name a port that leads to it."""
    servers = "".join(
        _PROXY.format(
            name=name,
            upstream=upstream_ports[name],
            port=port,
            credential=credential,
            buffering="" if name in _BUFFERED else "proxy_buffering off; ",
            scheme="https" if name == "tls" else "http",
            tls=_PROXY_TLS.format(certificates=certificates) if name == "tls" else "",
        )
        for name, port in ports.items()
    )
    return _frame(folder, servers, files)


def tls_server(folder, port, upstream_port, certificates, files):
    """Configuration of the https upstream: TLS 1.3 in front of the mock's JSON."""
    ipv6 = f"    listen [::1]:{port} ssl;\n" if os.path.exists("/proc/net/if_inet6") and _has_ipv6_loopback() else ""
    server = _TLS_SERVER.format(upstream=upstream_port, port=port, certificates=certificates, ipv6=ipv6)
    return _frame(folder, server, files)


def _has_ipv6_loopback():
    with open("/proc/net/if_inet6") as addresses:
        return any(line.split()[5] == "lo" for line in addresses)


def _frame(folder, servers, files):
    user = "user root;\n" if os.geteuid() == 0 else ""
    return _FRAME.format(user=user, folder=folder, servers=servers, files=files, connections=files * 4 // 5)
