// A connection's life on the server's thread. A broken or slow client ends its own connection and nothing
// else.
#include "platform/host/http_session.h"

#include <algorithm>
#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <limits>

namespace machi::host {

namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace asio = boost::asio;

namespace {

constexpr std::uint32_t kHeaderLimit = 16 * 1024;
constexpr std::size_t kLargeBody = 512 * 1024;
constexpr std::size_t kLargeAtOnce = 16;
// A phone's request, header and body: read in one go.
constexpr std::size_t kBuffered = 2048;
constexpr std::size_t kDrainLimit = 8 * 1024 * 1024;

void add_headers(http::fields& to, const HttpResponse& response) {
  for (const HttpHeader& header : response.headers) to.set(header.name, header.value);
  if (!response.content_type.empty()) to.set(http::field::content_type, response.content_type);
}

}  // namespace

HttpSession::HttpSession(HttpSocket socket, std::shared_ptr<HttpHouse> house)
    : house_(std::move(house)), stream_(std::move(socket)) {
  house_->sessions += 1;
}

HttpSession::~HttpSession() {
  if (large_) house_->large -= 1;
  house_->sessions -= 1;
  if (house_->gone) house_->gone(this);
}

void HttpSession::start() {
  beast::error_code ignored;
  stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  if (const auto end = stream_.socket().remote_endpoint(ignored); !ignored) peer_ = end.address().to_string();
  buffer_.reserve(kBuffered);
  read_header();
}

void HttpSession::wind_down() {
  if (idle_) cut();
}

void HttpSession::cut() {
  beast::error_code ignored;
  stream_.socket().close(ignored);
}

void HttpSession::read_header() {
  if (house_->stopping) return cut();
  parser_.emplace();
  parser_->header_limit(kHeaderLimit);
  // The limit is known with the header. Beast 1.74 takes "none" for a limit that every length exceeds.
  parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
  method_.clear();
  target_.clear();
  idle_ = true;
  stream_.expires_after(std::chrono::seconds(house_->options.header_seconds));
  http::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_header(error); });
}

void HttpSession::on_header(beast::error_code error) {
  if (error == http::error::header_limit) return refuse(431);
  if (error) {
    // A connection that ends between requests is no news.
    if (error != http::error::end_of_stream && error != beast::error::timeout &&
        error != asio::error::operation_aborted && error != asio::error::connection_reset)
      return refuse(400);
    return cut();
  }
  idle_ = false;
  began_ = Clock::now();
  const auto& request = parser_->get();
  method_ = std::string(request.method_string());
  target_ = std::string(request.target());
  if (const int status = judge_body(); status != 0) return refuse(status);
  take_buffered(error);
  if (error || parser_->is_done()) return on_body(error);
  stream_.expires_after(std::chrono::seconds(house_->options.body_seconds));
  if (beast::iequals(request[http::field::expect], "100-continue") && !parser_->is_done()) {
    // The answer to "may I send it" goes first; nothing else is written meanwhile.
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(stream_, asio::buffer(kContinue),
                      [self = shared_from_this()](beast::error_code failed, std::size_t) {
                        if (failed) return self->cut();
                        http::async_read(self->stream_, self->buffer_, *self->parser_,
                                         [self](beast::error_code e, std::size_t) { self->on_body(e); });
                      });
    return;
  }
  http::async_read(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](beast::error_code failed, std::size_t) { self->on_body(failed); });
}

// What of the body came with the header; most requests are whole by then.
void HttpSession::take_buffered(beast::error_code& error) {
  parser_->eager(true);
  while (!parser_->is_done() && buffer_.size() > 0) {
    const std::size_t taken = parser_->put(buffer_.data(), error);
    buffer_.consume(taken);
    if (error == http::error::need_more) error = {};
    if (error || taken == 0) return;
  }
}

int HttpSession::judge_body() {
  const std::size_t limit = house_->service.body_limit(method_, target_);
  const auto length = parser_->content_length();
  if (length && *length > limit) return 413;
  // What is large is announced, and there are few of them at a time: memory is for everybody.
  parser_->body_limit(length ? limit : std::min(limit, kLargeBody));
  if (!length || *length <= kLargeBody) return 0;
  if (house_->large >= kLargeAtOnce) return 429;
  house_->large += 1;
  large_ = true;
  return 0;
}

void HttpSession::on_body(beast::error_code error) {
  if (error == http::error::body_limit) return refuse(413);
  if (error)
    return error == beast::error::timeout || error == asio::error::operation_aborted ? cut() : refuse(400);
  serve();
}

// A request that is not read to its end: answered, and the connection closed.
void HttpSession::refuse(int status) {
  if (idle_) began_ = Clock::now();
  idle_ = false;
  status_ = status;
  keep_alive_ = false;
  unread_ = true;
  stream_.expires_after(std::chrono::seconds(house_->options.header_seconds));
  send_plain(house_->service.refused(status, head()));
}

std::string HttpSession::client_address() {
  const std::string& name = house_->options.address_header;
  if (!name.empty()) {
    const auto value = parser_->get()[name];
    const std::string text(value);
    const std::size_t comma = text.rfind(',');
    std::string last = comma == std::string::npos ? text : text.substr(comma + 1);
    last.erase(0, last.find_first_not_of(' '));
    return last;
  }
  return peer_;
}

HttpRequest HttpSession::head() {
  HttpRequest request;
  request.method = method_;
  request.target = target_;
  for (const auto& field : parser_->get())
    request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  return request;
}

void HttpSession::serve() {
  HttpRequest request = head();
  request.address = client_address();
  request.body = std::move(parser_->get().body());
  keep_alive_ = parser_->get().keep_alive();
  // Serving has no time limit of its own here: the service bounds its queue.
  stream_.expires_never();
  house_->service.serve(std::move(request), [self = shared_from_this()](HttpResponse response) {
    asio::dispatch(self->stream_.get_executor(),
                   [self, response = std::move(response)]() mutable { self->answer(std::move(response)); });
  });
}

void HttpSession::answer(HttpResponse response) {
  if (std::exchange(large_, false)) house_->large -= 1;
  status_ = response.status;
  if (house_->stopping) keep_alive_ = false;
  stream_.expires_after(std::chrono::seconds(house_->options.body_seconds));
  if (response.stream)
    send_stream(std::move(response));
  else
    send_plain(std::move(response));
}

void HttpSession::send_plain(HttpResponse response) {
  const bool bare = status_ == 304 || status_ == 204;
  const std::size_t size = response.body.size();
  log_request(size);
  answer_.clear();
  answer_.reserve(1024 + size);
  const auto put = [this](std::string_view text) { answer_.insert(answer_.end(), text.begin(), text.end()); };
  const auto reason = http::obsolete_reason(static_cast<http::status>(status_));
  put("HTTP/1.1 ");
  put(std::to_string(status_));
  put(" ");
  put({reason.data(), reason.size()});
  const auto put_header = [&](std::string_view name, std::string_view value) {
    put("\r\n");
    put(name);
    put(": ");
    put(value);
  };
  if (!response.content_type.empty()) response.headers.push_back({"Content-Type", response.content_type});
  for (auto header = response.headers.begin(); header != response.headers.end(); ++header)
    // Of two with one name the later counts.
    if (std::none_of(header + 1, response.headers.end(),
                     [&](const HttpHeader& later) { return beast::iequals(later.name, header->name); }))
      put_header(header->name, header->value);
  if (!keep_alive_) put_header("Connection", "close");
  if (!bare) put_header("Content-Length", std::to_string(size));
  put("\r\n\r\n");
  if (!bare && method_ != "HEAD") answer_.insert(answer_.end(), response.body.begin(), response.body.end());
  asio::async_write(stream_, asio::buffer(answer_),
                    [self = shared_from_this()](beast::error_code error, std::size_t) {
                      self->answered(error, self->keep_alive_);
                    });
}

void HttpSession::answered(beast::error_code error, bool keep) {
  if (error) return cut();
  if (!keep) {
    // Half closed, so that the other side reads the answer even when it was still sending.
    beast::error_code ignored;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    // Closing on unread bytes would reset the connection, and the answer might never be seen.
    if (unread_) drain(kDrainLimit);
    return;
  }
  read_header();
}

void HttpSession::drain(std::size_t left) {
  stream_.expires_after(std::chrono::seconds(2));
  piece_.resize(16384);
  stream_.async_read_some(asio::buffer(piece_),
                          [self = shared_from_this(), left](beast::error_code error, std::size_t got) {
                            if (!error && got < left) self->drain(left - got);
                          });
}

void HttpSession::send_stream(HttpResponse response) {
  streaming_ = true;
  stream_header_.emplace(static_cast<http::status>(response.status), 11);
  add_headers(*stream_header_, response);
  stream_header_->chunked(true);
  stream_header_->keep_alive(false);
  serializer_.emplace(*stream_header_);
  house_->log.write(Event::StreamOpened);
  writing_ = true;
  http::async_write_header(stream_, *serializer_,
                           [self = shared_from_this(), open = std::move(response.stream),
                            body = std::move(response.body)](beast::error_code error, std::size_t) mutable {
                             self->writing_ = false;
                             if (error) self->closing_ = true;
                             if (body.empty() || error) return open(self);
                             self->write_piece(std::move(body),
                                               [self, open = std::move(open)](bool) { open(self); });
                           });
}

void HttpSession::write(base::Bytes piece, std::function<void(bool)> done) {
  asio::dispatch(stream_.get_executor(),
                 [self = shared_from_this(), piece = std::move(piece), done = std::move(done)]() mutable {
                   self->write_piece(std::move(piece), std::move(done));
                 });
}

void HttpSession::write_piece(base::Bytes piece, std::function<void(bool)> done) {
  if (closing_ || writing_ || piece.empty() || !stream_.socket().is_open()) return done(false);
  piece_ = std::move(piece);
  streamed_ += piece_.size();
  char size[24];
  std::snprintf(size, sizeof size, "%zx\r\n", piece_.size());
  piece_frame_ = size;
  static constexpr std::string_view kEnd = "\r\n";
  const std::array<asio::const_buffer, 3> parts{asio::buffer(piece_frame_), asio::buffer(piece_),
                                                asio::buffer(kEnd)};
  writing_ = true;
  stream_.expires_after(std::chrono::seconds(house_->options.body_seconds));
  asio::async_write(
      stream_, parts,
      [self = shared_from_this(), done = std::move(done)](beast::error_code error, std::size_t) {
        self->writing_ = false;
        self->stream_.expires_never();
        if (error) self->cut();
        if (!error && self->closing_) self->finish_stream();
        done(!error && !self->closing_);
      });
}

void HttpSession::close() {
  asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
    if (self->closing_ || !self->streaming_) return;
    self->closing_ = true;
    if (!self->writing_) self->finish_stream();
  });
}

void HttpSession::finish_stream() {
  static constexpr std::string_view kLast = "0\r\n\r\n";
  log_request(streamed_);
  if (!stream_.socket().is_open()) return;
  stream_.expires_after(std::chrono::seconds(house_->options.body_seconds));
  asio::async_write(
      stream_, asio::buffer(kLast),
      [self = shared_from_this()](beast::error_code error, std::size_t) { self->answered(error, false); });
}

void HttpSession::log_request(std::size_t bytes) const {
  const std::chrono::duration<double, std::milli> took = Clock::now() - began_;
  // The method may be anything a stranger sent: only the known ones are names.
  const std::string_view method =
      method_ == "GET" || method_ == "POST" || method_ == "OPTIONS" || method_ == "HEAD"
          ? std::string_view(method_)
          : std::string_view("other");
  house_->log.write(streaming_ ? Event::StreamClosed : Event::Request,
                    {{"method", method},
                     {"route", house_->service.route_name(method_, target_)},
                     {"status", static_cast<std::int64_t>(status_)},
                     {"bytes", static_cast<std::int64_t>(bytes)},
                     {"ms", took.count()}});
}

}  // namespace machi::host
