// machi hub serve: store, post office and HTTP server put together. Ends on SIGTERM or SIGINT with every
// answer given.
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "core/crypto/drbg.h"
#include "platform/hub/hub_server.h"
#include "platform/hub/postgres/postgres_message_store.h"
#include "platform/machi/command.h"
#include "platform/machi/hub_address.h"
#include "platform/town/town_folder.h"

namespace machi::program {
namespace {

struct HubServe {
  std::string town;
  std::string data;
  std::string database;
  std::string port_file;
  host::HttpServerOptions http;
  hub::HubServerOptions hub;
  std::optional<std::uint16_t> metrics;
  bool quiet = false;
};

// The numbers for the town's monitoring, on a port and a thread of their own.
class MetricsPort {
 public:
  MetricsPort(const hub::HubMetrics& metrics, const host::EventLog& log) : service_(metrics), log_(log) {}
  ~MetricsPort() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }
  base::Status open(std::uint16_t port) {
    host::HttpServerOptions options;
    options.port = port;  // of this machine alone: nothing in them is secret, and nothing is for everybody
    options.connections = 16;
    options.stop_seconds = 1;
    MACHI_TRY_SET(server, host::HttpServer::listen(options, service_, log_));
    server_ = std::move(server);
    thread_ = std::thread([this] { server_->run(false); });
    return {};
  }
  std::uint16_t port() const { return server_->port(); }

 private:
  hub::MetricsService service_;
  const host::EventLog& log_;
  std::unique_ptr<host::HttpServer> server_;
  std::thread thread_;
};

// The mail, and what keeps a second hub off a folder; several may serve one database.
struct OpenedMail {
  std::optional<host::FileLock> lock;
  std::unique_ptr<hub::MessageStore> store;
};

int open_folder(const HubFolder& folder, hub::HubMetrics& metrics, OpenedMail& out) {
  std::error_code error;
  std::filesystem::create_directories(folder.path, error);
  if (error) return complain("The folder " + folder.path.string() + " cannot be made.");
  auto lock = folder.lock();
  if (!lock.ok() && lock.code() == base::Code::Conflict)
    return complain("Another hub is running on " + folder.path.string() + ".");
  if (!lock.ok()) return complain("The lock in " + folder.path.string() + " cannot be taken", lock.error());
  out.lock.emplace(std::move(*lock));
  auto store = folder.open_store();
  if (!store.ok())
    return complain("The mail in " + folder.path.string() + " cannot be opened", store.error());
  metrics.store_bytes = [folder] { return folder.bytes(); };
  (*store)->on_durable = [&metrics](double seconds) { metrics.count_durable(seconds); };
  out.store = std::move(*store);
  return kDone;
}

int open_database(const std::string& address, hub::HubMetrics& metrics, OpenedMail& out) {
  auto store = hub::PostgresMessageStore::open(address);
  if (!store.ok()) return complain("The database cannot be opened", store.error());
  (*store)->on_durable = [&metrics](double seconds) { metrics.count_durable(seconds); };
  out.store = std::move(*store);
  return kDone;
}

int serve(const HubServe& options) {
  // A stream is a descriptor: as many as the machine allows, for the connections that are promised.
  if (rlimit files{}; ::getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, options.http.connections + 256);
    static_cast<void>(::setrlimit(RLIMIT_NOFILE, &files));
  }
  ::umask(0077);  // the mail is sealed; that there is any is nobody else's business either
  auto town = town::open_town(options.town);
  if (!town.ok())
    return complain("There is no town in " + options.town + "; `machi town new` makes one", town.error());
  auto keys = town::read_hub_keys(*town);
  if (!keys.ok())
    return complain("The hub's two keys cannot be read from " + options.town + "/hub", keys.error());

  const HubFolder folder{options.data.empty() ? town->path / "hub" : std::filesystem::path(options.data)};
  hub::HubMetrics metrics;
  OpenedMail mail;
  if (const int opened = options.database.empty() ? open_folder(folder, metrics, mail)
                                                  : open_database(options.database, metrics, mail);
      opened != kDone)
    return opened;

  crypto::SystemEntropy entropy;
  hub::FolderFeed feed(town->feed());
  auto office = hub::PostOffice::open(*mail.store, feed, std::move(*keys), entropy, system_now());
  if (!office.ok()) return complain("The hub cannot begin", office.error());

  const host::EventLog log(options.quiet ? -1 : 2);
  metrics.rates = &(*office)->rates();
  hub::HubServerOptions hub_options = options.hub;
  hub_options.metrics = &metrics;
  hub::HubServer service(**office, hub_options, system_now, log);
  auto server = host::HttpServer::listen(options.http, service, log);
  if (!server.ok())
    return complain("Port " + std::to_string(options.http.port) + " cannot be listened on", server.error());
  const host::EventLog still(-1);  // a scrape every few seconds is no event
  MetricsPort metrics_port(metrics, still);
  if (options.metrics)
    if (auto opened = metrics_port.open(*options.metrics); !opened.ok())
      return complain("Port " + std::to_string(*options.metrics) + " cannot be listened on", opened.error());
  nlohmann::json said = {{"port", (*server)->port()},
                         {"town", town->town.id.hex()},
                         {"incarnation", (*office)->incarnation().hex()}};
  if (options.metrics) said["metrics"] = metrics_port.port();
  print(said);
  if (!options.port_file.empty()) {
    const std::string text = std::to_string((*server)->port()) + "\n";
    if (auto written = host::write_file(options.port_file, base::view(text)); !written.ok())
      return complain("The port file cannot be written", written.error());
  }
  (*server)->run(true);
  service.finish();
  return kDone;
}

}  // namespace

Action declare_hub_serve(CLI::App& app) {
  auto options = std::make_shared<HubServe>();
  options->http.port = 8081;
  app.add_option("--town", options->town,
                 "The town's folder: pack.json, feed/ and hub/ (of keys, only the hub's two)")
      ->required();
  app.add_option("--data", options->data, "The folder for the mail (TOWN/hub when not given)");
  app.add_option(
         "--database", options->database,
         "postgresql://...: the mail lies there, and any number of hubs may serve it; a password is better "
         "left to PGPASSFILE or PGSERVICEFILE than written here")
      ->check([](const std::string& address) {
        return is_database(address) ? std::string() : std::string("it begins with postgresql://");
      });
  app.add_option("--port", options->http.port, "Port; 0 takes a free one")->capture_default_str();
  app.add_option("--address", options->http.address, "Address to listen on; a proxy ends TLS in front of it")
      ->capture_default_str();
  app.add_option("--origin", options->hub.origins,
                 "An origin that browsers may call from, such as https://app.example; may be repeated");
  app.add_option("--address-header", options->http.address_header,
                 "Header in which the proxy, and nobody else, puts the client's address (X-Forwarded-For); "
                 "none is trusted when not given");
  app.add_option(
      "--metrics", options->metrics,
      "Port of this machine for Prometheus (GET /metrics); 0 takes a free one, none when not given");
  app.add_option("--port-file", options->port_file, "File to write the port to once it listens");
  app.add_flag("--quiet", options->quiet, "No log on standard error");
  return [options] { return serve(*options); };
}

}  // namespace machi::program
