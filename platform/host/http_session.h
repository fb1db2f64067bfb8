// One connection of the HTTP server: reads a request, has it served, writes the answer, and begins again.
// Lives on the server's thread; kept alive by its own pending operations. Private to platform/host.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <optional>

#include "platform/host/http_server.h"

namespace machi::host {

class HttpSession;

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
  HttpSession(boost::asio::ip::tcp::socket socket, std::shared_ptr<HttpHouse> house);
  ~HttpSession() override;

  void start();
  // Ends an idle connection at once, another one after its answer.
  void wind_down();
  void cut();

  void write(base::Bytes piece, std::function<void(bool)> done) override;
  void close() override;

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::vector_body<std::uint8_t>>;
  using Answer = boost::beast::http::response<boost::beast::http::vector_body<std::uint8_t>>;
  using Clock = std::chrono::steady_clock;

  void read_header();
  void on_header(boost::beast::error_code error);
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
  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::optional<Answer> answer_;
  std::optional<boost::beast::http::response<boost::beast::http::empty_body>> stream_header_;
  std::optional<boost::beast::http::response_serializer<boost::beast::http::empty_body>> serializer_;
  base::Bytes piece_;
  std::string piece_frame_;
  std::string method_, target_;  // as the log asks for its name
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
