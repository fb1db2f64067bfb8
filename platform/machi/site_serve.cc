// machi site serve: a built web site, in a process and on an origin of its own.
#include "platform/host/file.h"
#include "platform/machi/command.h"
#include "platform/site/static_server.h"

namespace machi::program {
namespace {

struct SiteServe {
  std::string folder;
  std::string hub, channels;
  std::string port_file;
  host::HttpServerOptions http;
  bool quiet = false;
};

int serve(const SiteServe& options) {
  site::StaticSiteOptions site_options;
  site_options.folder = options.folder;
  site_options.hub = options.hub + (options.channels.empty() ? "" : " " + options.channels);
  auto site = site::StaticSite::open(site_options);
  if (!site.ok()) return complain("There is no folder " + options.folder + ".");
  const host::EventLog log(options.quiet ? -1 : 2);
  auto server = host::HttpServer::listen(options.http, **site, log);
  if (!server.ok())
    return complain("Port " + std::to_string(options.http.port) + " cannot be listened on", server.error());
  print({{"port", (*server)->port()}});
  if (!options.port_file.empty()) {
    const std::string text = std::to_string((*server)->port()) + "\n";
    if (auto written = host::write_file(options.port_file, base::view(text)); !written.ok())
      return complain("The port file cannot be written", written.error());
  }
  (*server)->run(true);
  return kDone;
}

}  // namespace

Action declare_site_serve(CLI::App& app) {
  auto options = std::make_shared<SiteServe>();
  options->http.port = 8080;
  app.add_option("DIR", options->folder,
                 "The folder with the site; FILE.br and FILE.gz beside a file are sent where they are taken")
      ->required();
  app.add_option("--port", options->http.port, "Port; 0 takes a free one")->capture_default_str();
  app.add_option("--address", options->http.address, "Address to listen on; a proxy ends TLS in front of it")
      ->capture_default_str();
  const auto origin = [](const std::string& text) {
    // It becomes a part of the content security policy.
    const bool plain = text.find_first_of(" ;,'\"\\\r\n") == std::string::npos &&
                       (text.rfind("https://", 0) == 0 || text.rfind("http://", 0) == 0);
    return plain ? std::string() : std::string("an origin begins with https:// or http://");
  };
  app.add_option("--hub", options->hub, "Origin of the hub, which the pages may call: https://hub.example")
      ->check(origin);
  app.add_option("--channels", options->channels,
                 "Origin of the town's channels (machi push serve), likewise")
      ->check(origin);
  app.add_option("--port-file", options->port_file, "File to write the port to once it listens");
  app.add_flag("--quiet", options->quiet, "No log on standard error");
  return [options] { return serve(*options); };
}

}  // namespace machi::program
