// An HTTP/1.1 server for the town's programs: Boost.Beast on one thread, behind a reverse proxy that ends
// TLS. It bounds headers, bodies and times, keeps connections alive, streams, and stops gracefully. What is
// served is a service's business; a response may be given from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "platform/host/log.h"

namespace machi::host {

struct HttpHeader {
  std::string name;
  std::string value;
};

struct HttpRequest {
  std::string method;
  std::string target;
  std::vector<HttpHeader> headers;
  base::Bytes body;
  std::string address;
  // Value of the first header of this name (any case); "" when there is none.
  std::string_view header(std::string_view name) const;
};

// The rest of a streamed response. Any thread.
class HttpStream {
 public:
  virtual ~HttpStream() = default;
  // Sends a piece; `done(still_open)` is called on the server's thread when it left. One piece at a time.
  virtual void write(base::Bytes piece, std::function<void(bool)> done) = 0;
  virtual void close() = 0;
};

struct HttpResponse {
  int status = 200;
  std::vector<HttpHeader> headers;
  std::string content_type;
  base::Bytes body;
  // When set, the response goes out in chunks: the header and body at once, the rest through the stream.
  std::function<void(std::shared_ptr<HttpStream>)> stream;
};

class HttpService {
 public:
  virtual ~HttpService() = default;
  // On the server's thread. `respond` is called once, from any thread, now or later.
  virtual void serve(HttpRequest request, std::function<void(HttpResponse)> respond) = 0;
  // Asked when a request's header is there.
  virtual std::size_t body_limit(std::string_view method, std::string_view target) const = 0;
  // The name of a request in the log: a constant.
  virtual std::string_view route_name(std::string_view method, std::string_view target) const = 0;
  // What goes with the refusal of a request that is not read to its end (400, 413, 429, 431); `head` has no
  // body.
  virtual HttpResponse refused(int status, const HttpRequest& head) const;
  // The server stops: end the streams. On the server's thread.
  virtual void stopping() {}
};

struct HttpServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;   // 0: one that is free
  int header_seconds = 30;  // for a request's header, and for an idle connection
  int body_seconds = 60;
  int stop_seconds = 10;  // for the requests that run when the server stops
  std::size_t connections = 4096;
  // Name of the header in which the proxy puts the client's address (its last element counts); "" trusts
  // none.
  std::string address_header;
};

class HttpServer {
 public:
  // Listens at once. Storage when the port is taken.
  static base::Result<std::unique_ptr<HttpServer>> listen(HttpServerOptions options, HttpService& service,
                                                          const EventLog& log);
  virtual ~HttpServer() = default;
  virtual std::uint16_t port() const = 0;
  // Serves until stop() or, with `signals`, SIGTERM or SIGINT.
  // Whoever still holds a `respond` or a stream after it returned lets go of it before the server is
  // destroyed.
  virtual void run(bool signals) = 0;
  // Any thread. Running requests are answered, then the connections close and run() returns.
  virtual void stop() = 0;
};

}  // namespace machi::host
