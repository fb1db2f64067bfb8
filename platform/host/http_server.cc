// Accepting, counting and ending connections. One thread runs it; stop() may come from another or from a
// signal.
#include "platform/host/http_server.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/string.hpp>
#include <set>

#include "platform/host/http_session.h"

namespace machi::host {

namespace asio = boost::asio;
using boost::beast::error_code;

std::string_view HttpRequest::header(std::string_view name) const {
  for (const HttpHeader& header : headers)
    if (boost::beast::iequals(boost::beast::string_view(header.name.data(), header.name.size()),
                              boost::beast::string_view(name.data(), name.size())))
      return header.value;
  return {};
}

HttpResponse HttpService::refused(int status, const HttpRequest&) const {
  HttpResponse response;
  response.status = status;
  return response;
}

namespace {

class BeastServer final : public HttpServer {
 public:
  BeastServer(HttpServerOptions options, HttpService& service, const EventLog& log)
      : house_(std::make_shared<HttpHouse>(std::move(options), service, log)),
        acceptor_(context_),
        deadline_(context_),
        pause_(context_),
        signals_(context_) {
    house_->gone = [this](HttpSession* session) {
      sessions_.erase(session);
      if (house_->stopping && sessions_.empty()) deadline_.cancel();
    };
  }

  ~BeastServer() override {
    // Sessions that were cut short end with the context, after this server's own members.
    house_->gone = nullptr;
  }

  base::Status open() {
    error_code error;
    const auto address = asio::ip::make_address(house_->options.address, error);
    if (error) return base::fail(base::Code::BadInput, "address");
    const asio::ip::tcp::endpoint endpoint(address, house_->options.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) return base::fail(base::Code::Storage, "port is taken");
    return {};
  }

  std::uint16_t port() const override {
    error_code error;
    return acceptor_.local_endpoint(error).port();
  }

  void run(bool signals) override {
    if (signals) {
      error_code ignored;
      signals_.add(SIGTERM, ignored);
      signals_.add(SIGINT, ignored);
      signals_.async_wait([this](error_code error, int number) {
        if (error) return;
        house_->log.write(Event::Stopping, {{"signal", static_cast<std::int64_t>(number)}});
        begin_to_stop();
      });
    }
    house_->log.write(Event::Started, {{"port", static_cast<std::int64_t>(port())}});
    accept();
    context_.run();
    house_->log.write(Event::Stopped);
  }

  void stop() override {
    asio::post(context_, [this] { begin_to_stop(); });
  }

 private:
  void accept() {
    acceptor_.async_accept([this](error_code error, HttpSocket socket) {
      if (house_->stopping) return;
      if (error) {
        // Out of descriptors, most likely: others go first.
        house_->log.write(Event::Overloaded);
        pause_.expires_after(std::chrono::milliseconds(100));
        pause_.async_wait([this](error_code cancelled) {
          if (!cancelled && !house_->stopping) accept();
        });
        return;
      }
      if (house_->sessions < house_->options.connections) {
        // Whoever lets go of it last, on whatever thread: it ends on this one.
        std::shared_ptr<HttpSession> session(
            new HttpSession(std::move(socket), house_), [here = context_.get_executor()](HttpSession* last) {
              asio::dispatch(here, [own = std::unique_ptr<HttpSession>(last)] {});
            });
        sessions_.insert(session.get());
        session->start();
      }
      accept();
    });
  }

  void begin_to_stop() {
    if (house_->stopping) return;
    house_->stopping = true;
    error_code ignored;
    acceptor_.close(ignored);
    signals_.cancel(ignored);
    pause_.cancel();
    house_->service.stopping();
    // A copy: winding down may end a session at once.
    const std::set<HttpSession*> present = sessions_;
    for (HttpSession* session : present)
      if (sessions_.contains(session)) session->wind_down();
    if (sessions_.empty()) return;
    deadline_.expires_after(std::chrono::seconds(house_->options.stop_seconds));
    deadline_.async_wait([this](error_code error) {
      if (error) return;
      for (HttpSession* session : std::set<HttpSession*>(sessions_))
        if (sessions_.contains(session)) session->cut();
      context_.stop();
    });
  }

  asio::io_context context_{1};
  std::shared_ptr<HttpHouse> house_;
  HttpAcceptor acceptor_;
  asio::steady_timer deadline_;
  asio::steady_timer pause_;
  asio::signal_set signals_;
  std::set<HttpSession*> sessions_;
};

}  // namespace

base::Result<std::unique_ptr<HttpServer>> HttpServer::listen(HttpServerOptions options, HttpService& service,
                                                             const EventLog& log) {
  auto server = std::make_unique<BeastServer>(std::move(options), service, log);
  MACHI_TRY(server->open());
  return std::unique_ptr<HttpServer>(std::move(server));
}

}  // namespace machi::host
