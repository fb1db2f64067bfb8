// machi simulate dock: the dock (dock.h) as a page in a browser, and as lines on standard input. Only this
// machine's own pages may command it.
#include <unistd.h>

#include <chrono>

#include "platform/host/file.h"
#include "platform/host/http_server.h"
#include "platform/machi/command.h"
#include "platform/machi/dock.h"
#include "platform/machi/tables.h"

namespace machi::program {

namespace {

using host::HttpRequest;
using host::HttpResponse;

constexpr std::size_t kCommandLimit = 400;

struct SimulateDock {
  DockPlan plan;
  host::HttpServerOptions http;
  std::string port_file;
  bool quiet = false;
};

HttpResponse answer(int status, const char* type, base::ByteView body) {
  HttpResponse out;
  out.status = status;
  out.content_type = type;
  out.body = base::copy(body);
  out.headers = {
      {"Cache-Control", "no-store"},
      {"X-Content-Type-Options", "nosniff"},
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
       "frame-ancestors 'none'"}};
  return out;
}
HttpResponse json(const nlohmann::json& object, int status = 200) {
  const std::string text = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return answer(status, "application/json", base::view(text));
}

class DockService final : public host::HttpService {
 public:
  explicit DockService(Dock& dock) : dock_(dock) {}

  void serve(HttpRequest request, std::function<void(HttpResponse)> respond) override {
    respond(is_ours(request) ? reply(request) : json({{"trouble", "another page asks"}}, 403));
  }
  std::size_t body_limit(std::string_view, std::string_view) const override { return kCommandLimit; }
  std::string_view route_name(std::string_view, std::string_view) const override { return "dock"; }

 private:
  // A page of elsewhere names its origin; a name that somebody points at this machine is not localhost.
  static bool is_ours(const HttpRequest& request) {
    const std::string_view host = request.header("Host");
    const std::string_view origin = request.header("Origin");
    const bool is_here = host.starts_with("localhost:") || host.starts_with("127.0.0.1:");
    return is_here && (origin.empty() || origin == "http://" + std::string(host));
  }

  HttpResponse reply(const HttpRequest& request) {
    const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
    if (request.method == "POST" && path == "/do") {
      const auto done = dock_.obey(std::string(base::text_view(request.body)));
      return done.ok() ? json({{"done", true}}) : json({{"trouble", done.error().detail}}, 400);
    }
    if (request.method != "GET") return json({{"trouble", "GET, or POST /do"}}, 405);
    if (path == "/") return answer(200, "text/html; charset=utf-8", base::view(dock_page()));
    if (path == "/dock.js") return answer(200, "text/javascript; charset=utf-8", base::view(dock_script()));
    if (path == "/dock.css") return answer(200, "text/css; charset=utf-8", base::view(dock_style()));
    if (path == "/state") return json(dock_.state());
    if (path == "/book") return json(dock_.book());
    if (path == "/tree") {
      const std::string tree = dock_.kiosk("tree");
      return answer(tree.empty() ? 503 : 200, "application/json", base::view(tree));
    }
    if (path == "/screen.png") {
      const auto picture = dock_.picture();
      return picture ? answer(200, "image/png", *picture) : json({{"trouble", "the kiosk is off"}}, 503);
    }
    constexpr std::string_view kSheet = "/sheet/";
    if (path.starts_with(kSheet)) {
      const auto tray = dock_.tray();
      const std::size_t number = std::strtoul(std::string(path.substr(kSheet.size())).c_str(), nullptr, 10);
      if (number >= 1 && number <= tray.size())
        return answer(200, "application/pdf", tray[number - 1].second);
    }
    return json({{"trouble", "not here"}}, 404);
  }

  Dock& dock_;
};

int simulate(SimulateDock options) {
  std::error_code error;
  options.plan.machi = std::filesystem::read_symlink("/proc/self/exe", error);
  if (options.plan.kiosk.empty()) options.plan.kiosk = options.plan.machi.parent_path() / "machi_kiosk";
  auto dock = Dock::open(options.plan);
  if (!dock.ok()) return complain("The dock cannot start", dock.error());
  DockService service(**dock);
  const host::EventLog log(options.quiet ? -1 : 2);
  auto server = host::HttpServer::listen(options.http, service, log);
  if (!server.ok())
    return complain("Port " + std::to_string(options.http.port) + " cannot be listened on", server.error());
  print_line({{"port", (*server)->port()}});
  if (!options.port_file.empty()) {
    const std::string text = std::to_string((*server)->port()) + "\n";
    if (!host::write_file(options.port_file, base::view(text)).ok())
      return complain("The port file cannot be written.");
  }
  (*server)->run(true);
  return kDone;
}

}  // namespace

Action declare_simulate_dock(CLI::App& app) {
  auto options = std::make_shared<SimulateDock>();
  options->http.port = 8085;
  app.add_option("DIR", options->plan.folder, "The sample (machi kiosk sample DIR)")->required();
  app.add_option("--words", options->plan.words, "Folder of the catalogues (build/words)")->required();
  app.add_option("--kiosk", options->plan.kiosk,
                 "The program machi_kiosk; the one beside this when not given");
  app.add_option("--voice", options->plan.voice,
                 "What the kiosk speaks with, an .htsvoice file (.dev/voice fetches one)");
  app.add_option("--size", options->plan.size, "Of the kiosk's window")->capture_default_str();
  app.add_option("--sheet-seconds", options->plan.seconds_a_sheet, "How long the printer takes for a sheet")
      ->capture_default_str();
  app.add_flag(
      "--offscreen", options->plan.offscreen,
      "Without a display: the kiosk's screen is a picture on the dock's page, which is touched there");
  app.add_option("--port", options->http.port, "Port of the dock's page, on this machine only; 0: a free one")
      ->capture_default_str();
  app.add_option("--port-file", options->port_file, "File to write the port to once it listens");
  app.add_flag("--quiet", options->quiet, "No log on standard error");
  app.footer(
      std::string(
          R"(Starts pcscd with a virtual reader, ippeveprinter, the terminal's simulator, the clerk with its three processes and
machi_kiosk, and serves the page that commands them. POST /do takes a line:
)") + kDockCommands +
      R"(
GET /state (JSON), /tree (the kiosk's screen), /screen.png, /sheet/N (a printed sheet, PDF), /book (the terminal's).
One line of JSON when everything stands: {"port"}. SIGTERM ends all of it.)");
  return [options] { return simulate(*options); };
}

}  // namespace machi::program
