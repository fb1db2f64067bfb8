// machi push keys | serve | menu: what reaches people outside of the app (platform/channels). `serve` answers
// HTTP on its main thread and follows the feed and sends on another; ends on SIGTERM or SIGINT.
#include <atomic>
#include <thread>

#include "core/base/text.h"
#include "platform/channels/channel_server.h"
#include "platform/host/file.h"
#include "platform/host/smtp_client.h"
#include "platform/machi/notice_commands.h"
#include "platform/town/town_folder.h"

namespace machi::program {
namespace {

namespace fs = std::filesystem;

struct Serve {
  std::string folder, hub, origin, contact, port_file;
  std::string smtp, smtp_user, smtp_password_file, from;
  std::string line_keys, line_api, line_data;
  std::vector<std::string> services;
  host::HttpServerOptions http;
  int every = 5;
  bool smtp_plain = false, plain_services = false, quiet = false;
};

int make_keys(const std::string& folder) {
  const auto town = town::open_town(folder);
  if (!town.ok()) return complain("There is no town in " + folder, town.error());
  const fs::path file = town->path / "channels" / "push.pem";
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  auto pem = host::read_file(file, 8192);
  if (!pem.ok() && pem.code() == base::Code::NotFound) {
    const auto made = host::P256Key::make();
    if (!made.ok()) return complain("No key could be made", made.error());
    const auto text = made->pem();
    if (!text.ok()) return complain("No key could be made", text.error());
    if (const auto written = host::write_file(file, base::view(*text), host::Privacy::Secret); !written.ok())
      return complain("The key cannot be written", written.error());
    pem = base::copy(base::view(*text));
  }
  if (!pem.ok()) return complain("The key cannot be read", pem.error());
  const auto key = host::P256Key::from_pem(base::text_view(*pem));
  if (!key.ok()) return complain("channels/push.pem is no key", key.error());
  print({{"public", base::to_base64url(key->point())}, {"file", file.string()}});
  return kDone;
}

std::optional<channels::LineKeys> read_line(const Serve& options, std::string& trouble) {
  const auto file = host::read_file(options.line_keys, 65536);
  const auto json =
      file.ok() ? nlohmann::json::parse(file->begin(), file->end(), nullptr, false) : nlohmann::json();
  channels::LineKeys keys;
  if (json.is_object()) {
    keys.secret = json.value("secret", "");
    keys.token = json.value("token", "");
  }
  if (keys.secret.empty() || keys.token.empty()) trouble = "a file {\"secret\": ..., \"token\": ...}";
  if (!options.line_api.empty()) keys.api = options.line_api;
  if (!options.line_data.empty()) keys.data = options.line_data;
  return keys;
}

int serve(Serve& options) {
  const auto town = town::open_town(options.folder);
  if (!town.ok()) return complain("There is no town in " + options.folder, town.error());
  channels::StationOptions station_options;
  station_options.folder = town->path / "channels";
  station_options.town = town->town;
  station_options.name = town->plan.name;
  station_options.hub = options.hub;
  station_options.origin = options.origin;
  station_options.contact = options.contact;
  station_options.from = options.smtp.empty() ? "" : options.from;
  for (const std::string& one : options.services) station_options.services.hosts.push_back(one);
  station_options.services.plain = options.plain_services;
  if (!options.smtp.empty() && !channels::read_address(options.from).ok())
    return complain("--from is no address of e-mail.");
  if (!options.line_keys.empty()) {
    std::string trouble;
    station_options.line = read_line(options, trouble);
    if (!trouble.empty()) return complain("--line names " + trouble);
  }
  const words::Words words;
  auto station = channels::Station::open(std::move(station_options), words);
  if (!station.ok() && station.code() == base::Code::NotFound)
    return complain("There is no key for Web Push yet; machi push keys " + options.folder + " makes it.");
  if (!station.ok()) return complain("The channels cannot be opened", station.error());

  host::SmtpServer smtp{options.smtp, options.smtp_user, "", options.smtp_plain};
  if (!options.smtp_password_file.empty()) {
    const auto password = host::read_file(options.smtp_password_file, 1024);
    if (!password.ok()) return complain("The password's file cannot be read", password.error());
    smtp.password = base::trimmed(base::text_view(*password));
  }
  channels::ChannelServer service(**station, words, system_now);
  const host::EventLog log(options.quiet ? -1 : 2);
  auto server = host::HttpServer::listen(options.http, service, log);
  if (!server.ok())
    return complain("Port " + std::to_string(options.http.port) + " cannot be listened on", server.error());
  print_line({{"port", (*server)->port()}});
  if (!options.port_file.empty()) {
    const std::string text = std::to_string((*server)->port()) + "\n";
    if (auto written = host::write_file(options.port_file, base::view(text)); !written.ok())
      return complain("The port file cannot be written", written.error());
  }
  std::atomic<bool> stopped = false;
  std::thread sender([&] {
    host::SmtpClient client(smtp);
    const channels::MailSender::Send letters = [&](const std::string& to, const std::string& letter) {
      return client.send(options.from, to, letter);
    };
    while (!stopped) {
      if (const auto news = (*station)->look(system_now()); !news.ok())
        complain("The feed could not be followed; it is tried again", news.error());
      else if (*news > 0)
        print_line({{"news", *news}});
      std::size_t sent = 0;
      while (!stopped) {
        const auto tried = (*station)->send(letters, system_now());
        if (!tried.ok()) complain("Not sent; it is tried again", tried.error());
        if (!tried.ok() || *tried == 0) break;
        sent += *tried;
      }
      if (sent > 0) print_line({{"tried", sent}});
      if (const auto written = (*station)->write_sums(); !written.ok())
        complain("The sums cannot be written", written.error());
      for (int tenth = 0; tenth < options.every * 10 && !stopped; ++tenth)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  });
  (*server)->run(true);
  stopped = true;
  sender.join();
  return kDone;
}

struct Menu {
  std::string line_keys, picture, name = "Machikado", bar = "メニュー", line_api, line_data;
  std::vector<std::string> tiles;
  bool print_only = false;
};

int set_menu(const Menu& options) {
  const auto menu = channels::line_menu(options.name, options.bar, options.tiles);
  if (!menu.ok()) return complain("The menu cannot be made", menu.error());
  if (options.print_only) return print(nlohmann::json::parse(*menu)), kDone;
  Serve place;
  place.line_keys = options.line_keys;
  place.line_api = options.line_api;
  place.line_data = options.line_data;
  std::string trouble;
  const auto keys = read_line(place, trouble);
  if (!trouble.empty()) return complain("--line names " + trouble);
  const auto picture = host::read_file(options.picture, 1024 * 1024);
  if (!picture.ok())
    return complain("The picture cannot be read (a PNG or JPEG of at most 1 MB)", picture.error());
  const bool png = picture->size() > 1 && (*picture)[0] == 0x89;
  const auto post = channels::line_over_http(*keys);
  const auto made = post({"/v2/bot/richmenu", "", *menu});
  if (!made.ok() || made->status != 200) return complain("LINE did not take the menu.");
  const auto json = nlohmann::json::parse(made->body.begin(), made->body.end(), nullptr, false);
  const std::string id = json.is_object() ? json.value("richMenuId", "") : "";
  if (!id.starts_with("richmenu-")) return complain("LINE gave the menu no name.");
  host::HttpClient client;
  const auto drawn = client.request(
      "POST", keys->data + "/v2/bot/richmenu/" + id + "/content", *picture,
      {{"Authorization", "Bearer " + keys->token}, {"Content-Type", png ? "image/png" : "image/jpeg"}});
  if (!drawn.ok() || drawn->status != 200) return complain("LINE did not take the picture.");
  const auto shown = post({"/v2/bot/user/all/richmenu/" + id, "", ""});
  if (!shown.ok() || shown->status != 200) return complain("LINE does not show the menu.");
  print({{"richMenuId", id}});
  return kDone;
}

}  // namespace

Action declare_push_keys(CLI::App& app) {
  auto folder = std::make_shared<std::string>();
  app.add_option("TOWN", *folder, "The town's folder")->required();
  app.footer(
      "Makes TOWN/channels/push.pem, the key by which push services know the town (RFC 8292), when there is "
      "none; a new key "
      "ends every subscription. Prints {\"public\", \"file\"}.");
  return [folder] { return make_keys(*folder); };
}

Action declare_push_serve(CLI::App& app) {
  auto options = std::make_shared<Serve>();
  options->http.port = 8084;
  app.add_option("TOWN", options->folder, "The town's folder")->required();
  app.add_option("--hub", options->hub, "Origin of the hub, whose feed is followed: http://localhost:8081")
      ->required();
  app.add_option("--origin", options->origin,
                 "Where people reach this station: https://news.town.example; links lead there")
      ->required();
  app.add_option("--contact", options->contact,
                 "Who answers for the town to push services: mailto:... or https://...")
      ->required()
      ->check([](const std::string& text) {
        return text.starts_with("mailto:") || text.starts_with("https://")
                   ? std::string()
                   : std::string("mailto:... or https://...");
      });
  app.add_option("--push-service", options->services,
                 "A further push service's host; .example.net means all below it");
  app.add_flag("--plain-push", options->plain_services,
               "Push services by http too: for tests on one machine");
  app.add_option("--smtp", options->smtp,
                 "SMTP server, smtp://mail.example:587 or smtps://...; without it there is no e-mail");
  app.add_option("--smtp-user", options->smtp_user, "Its user");
  app.add_option("--smtp-password", options->smtp_password_file, "File with the user's password");
  app.add_flag("--smtp-plain", options->smtp_plain, "Without TLS: a server on this machine");
  app.add_option("--from", options->from, "Address that letters come from");
  app.add_option("--line", options->line_keys,
                 "File {\"secret\", \"token\"} of the town's LINE channel; without it LINE is off");
  app.add_option("--line-api", options->line_api, "Another address of the Messaging API: for tests");
  app.add_option("--port", options->http.port, "Port; 0 takes a free one")->capture_default_str();
  app.add_option("--address", options->http.address, "Address to listen on; a proxy ends TLS in front of it")
      ->capture_default_str();
  app.add_option("--port-file", options->port_file, "File to write the port to once it listens");
  app.add_option("--every", options->every, "Seconds between two looks at the feed")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  app.add_flag("--quiet", options->quiet, "No log on standard error");
  app.footer(
      "Follows the public feed and tells of each new notice by Web Push, e-mail and LINE: its topic and a "
      "link, to those who "
      "chose that topic; what was there when it first looked is told to nobody. All it knows of people is in "
      "TOWN/channels/channels.db: addresses and coarse topics. TOWN/channels/sums.json holds counts by "
      "month. One line of JSON "
      "when it stands {\"port\"}, and for what it did: {\"news\"}, {\"tried\"}.");
  return [options] {
    while (options->hub.ends_with('/')) options->hub.pop_back();
    while (options->origin.ends_with('/')) options->origin.pop_back();
    return serve(*options);
  };
}

Action declare_push_menu(CLI::App& app) {
  auto options = std::make_shared<Menu>();
  app.add_option("TILE", options->tiles,
                 "One to six tiles, LABEL|WHERE; WHERE is https:..., tel:... or topic=disaster")
      ->required();
  app.add_option("--line", options->line_keys, "File {\"secret\", \"token\"} of the town's LINE channel");
  app.add_option("--picture", options->picture, "The menu as PNG or JPEG, 2500 x 1686, at most 1 MB");
  app.add_option("--name", options->name, "Its name, which nobody sees")->capture_default_str();
  app.add_option("--bar", options->bar, "Text of the bar that opens it")->capture_default_str();
  app.add_option("--line-api", options->line_api, "Another address of the Messaging API: for tests");
  app.add_option("--line-data", options->line_data, "Another address for pictures: for tests");
  app.add_flag("--print", options->print_only, "Print the menu as LINE reads it, and post nothing");
  app.footer(
      "Makes the rich menu of the town's LINE account, the same for everybody. Prints {\"richMenuId\"}.");
  return [options] { return set_menu(*options); };
}

}  // namespace machi::program
