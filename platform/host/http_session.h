// One connection of the HTTP server: reads a request, has it served, writes the answer, and begins again.
// Lives on the server's thread; kept alive by its own pending operations. Private to platform/host.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <optional>

#include "platform/host/http_server.h"

namespace machi::host {

class HttpSession;

// Of one executor's own type: what may hold any is copied and compared at every step of every request.
using HttpExecutor = boost::asio::io_context::executor_type;
using HttpSocket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, HttpExecutor>;
using HttpAcceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, HttpExecutor>;

// What the sessions of one server share.
struct HttpHouse {
  HttpHouse(HttpServerOptions server_options, HttpService& http_service, const EventLog& event_log)
      : options(std::move(server_options)), service(http_service), log(event_log) {}
  HttpServerOptions options;
  HttpService& service;
  const EventLog& log;
  bool stopping = false;
  std::size_t sessions = 0;
  std::size_t large = 0;  // requests with a large body that are being read or served
  std::function<void(HttpSession*)> gone;
};

class HttpSession final : public HttpStream, public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(HttpSocket socket, std::shared_ptr<HttpHouse> house);
  ~HttpSession() override;

  void start();
  // Ends an idle connection at once, another one after its answer.
  void wind_down();
  void cut();

  void write(base::Bytes piece, std::function<void(bool)> done) override;
  void close() override;

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::vector_body<std::uint8_t>>;
  using Clock = std::chrono::steady_clock;

  void read_header();
  void on_header(boost::beast::error_code error);
  void take_buffered(boost::beast::error_code& error);
  void on_body(boost::beast::error_code error);
  // 0 when this request's body may be read, else the status of the refusal.
  int judge_body();
  void refuse(int status);
  void serve();
  void answer(HttpResponse response);
  void send_plain(HttpResponse response);
  void send_stream(HttpResponse response);
  void write_piece(base::Bytes piece, std::function<void(bool)> done);
  void finish_stream();
  void answered(boost::beast::error_code error, bool keep);
  void drain(std::size_t left);
  void log_request(std::size_t bytes) const;
  std::string client_address();
  HttpRequest head();

  std::shared_ptr<HttpHouse> house_;
  boost::beast::basic_stream<boost::asio::ip::tcp, HttpExecutor> stream_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  base::Bytes answer_;  // the whole of a plain answer
  std::optional<boost::beast::http::response<boost::beast::http::empty_body>> stream_header_;
  std::optional<boost::beast::http::response_serializer<boost::beast::http::empty_body>> serializer_;
  base::Bytes piece_;
  std::string piece_frame_;
  std::string method_, target_;  // as the log asks for its name
  std::string peer_;             // address of the other end
  Clock::time_point began_;
  int status_ = 0;
  bool idle_ = true;
  bool keep_alive_ = false;
  bool streaming_ = false;
  bool writing_ = false;
  bool closing_ = false;
  bool unread_ = false;
  bool large_ = false;
  std::size_t streamed_ = 0;
};

}  // namespace machi::host
