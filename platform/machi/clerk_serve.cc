// machi clerk serve: the town's clerk for kiosks, as three processes (platform/clerk/serve/clerk_server.h).
#include <sys/stat.h>

#include <array>

#include "platform/clerk/serve/clerk_server.h"
#include "platform/host/file.h"
#include "platform/machi/command.h"
#include "platform/town/town_folder.h"

namespace machi::program {
namespace {

struct ClerkServe {
  std::string town, registry, mayor, port_file;
  std::vector<std::string> kiosks, fees;
  clerk::ServePlan plan;
};

base::Status read_kiosks(const ClerkServe& options, clerk::ServePlan& plan) {
  for (const std::string& text : options.kiosks) {
    auto raw = base::from_hex(text);
    const auto key = raw.ok() ? base::fixed<32>(*raw) : base::Result<base::Array<32>>(raw.error());
    if (!key.ok())
      return base::fail(base::Code::BadInput, "--kiosk is a public key of 64 hexadecimal digits");
    plan.kiosks.push_back(crypto::SignPublic{*key});
  }
  return {};
}

base::Status read_fees(const ClerkServe& options, clerk::ServePlan& plan) {
  for (const std::string& text : options.fees) {
    const auto equals = text.find('=');
    const auto kind = certificate::kind_named(text.substr(0, equals));
    const std::string yen = equals == std::string::npos ? "" : text.substr(equals + 1);
    if (!kind || yen.empty() || yen.size() > 5 || yen.find_first_not_of("0123456789") != std::string::npos)
      return base::fail(base::Code::BadInput, "--fee is KIND=YEN, such as resident-record=300");
    plan.office.fees[static_cast<std::size_t>(*kind) - 1] = std::stoll(yen);
  }
  return {};
}

int serve(const ClerkServe& options) {
  ::umask(0077);
  const auto town = town::open_town(options.town);
  if (!town.ok()) return complain("There is no town in " + options.town, town.error());
  clerk::ServePlan plan = options.plan;
  if (const auto read = read_kiosks(options, plan); !read.ok())
    return complain("A kiosk's key cannot be read", read.error());
  if (const auto read = read_fees(options, plan); !read.ok())
    return complain("A fee cannot be read", read.error());
  std::error_code ignored;
  std::filesystem::create_directories(town->path / "clerk", ignored);
  const auto lock = host::FileLock::take(town->path / "clerk" / "lock");
  if (!lock.ok()) return complain("Another clerk is at work in " + options.town, lock.error());
  plan.town = town->town.id;
  plan.office.municipality = town->plan.name;
  plan.office.mayor = options.mayor.empty() ? town->plan.name + "長" : options.mayor;
  plan.registry = options.registry.empty() ? town->path / "clerk" / "registry.db"
                                           : std::filesystem::path(options.registry);
  plan.log = town->path / "clerk" / "log.db";
  plan.now = system_now;
  if (!std::filesystem::exists(plan.registry, ignored))
    return complain("There is no registry in " + plan.registry.string() +
                    "; `machi registry import` makes one.");
  plan.read_keys = [&town]() -> base::Result<clerk::SignerKeys> {
    MACHI_TRY_SET(seal, town::read_key(*town, "seal"));
    MACHI_TRY_SET(clerk, town::read_key(*town, "clerk"));
    return clerk::SignerKeys{std::move(seal), std::move(clerk)};
  };
  plan.started = [&](std::uint16_t port) {
    print_line({{"port", port}, {"town", town->town.id.hex()}, {"kiosks", plan.kiosks.size()}});
    if (options.port_file.empty()) return;
    const std::string text = std::to_string(port) + "\n";
    if (!host::write_file(options.port_file, base::view(text)).ok())
      complain("The port file cannot be written.");
  };
  const auto served = clerk::serve_clerk(plan);
  return served.ok() ? kDone : complain("The clerk cannot work", served.error());
}

}  // namespace

Action declare_clerk_serve(CLI::App& app) {
  auto options = std::make_shared<ClerkServe>();
  clerk::ServePlan& plan = options->plan;
  plan.http.port = 8084;
  plan.office.fees = clerk::usual_fees();
  plan.font = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";
  app.add_option("--town", options->town,
                 "The town's folder: keys/seal.key, keys/clerk.key; the log is clerk/log.db")
      ->required();
  app.add_option("--registry", options->registry,
                 "The registry's file (TOWN/clerk/registry.db when not given)");
  app.add_option("--ca", plan.authorities,
                 "Certificate of an authority whose cards are taken, DER or PEM; may be repeated")
      ->required();
  app.add_option("--crl", plan.lists, "Its list of revoked certificates, DER or PEM; may be repeated")
      ->required();
  app.add_option("--kiosk", options->kiosks, "Public key of a kiosk, 64 hexadecimal digits; may be repeated")
      ->required();
  app.add_option("--mayor", options->mayor, "Who certifies: 日和町長　日和 花子");
  app.add_option("--fee", options->fees,
                 "KIND=YEN a copy; may be repeated (300, for the family register 450)");
  app.add_option("--most-an-hour", plan.office.most_an_hour,
                 "Questions that may reach the registry in an hour")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--font", plan.font, "A font file with variation sequences")->capture_default_str();
  app.add_option("--port", plan.http.port, "Port; 0 takes a free one")->capture_default_str();
  app.add_option("--address", plan.http.address, "Address to listen on, inside of the town's own network")
      ->capture_default_str();
  app.add_option("--port-file", options->port_file, "File to write the port to once it listens");
  app.add_flag("--quiet", plan.quiet, "No log on standard error");
  app.footer(
      R"(Three processes under one that watches and starts anew what dies:
  front   reads what strangers send (HTTP, POST /clerk/1, CBOR); no file, no connection, no program (seccomp)
  office  asks the registry about one proven person a call, appends to the log, sets the paper
  signer  holds the keys; signs a seal only when its leaf stands in the log
Questions are signed by the kiosk, papers are sealed to the kiosk's session (core/certificate/CERTIFICATE.md), so the
way between needs no secrecy of its own. SIGHUP reads authorities and lists anew; a list past its date stops issuing.
SIGTERM ends it. One line of JSON when it stands: {"port", "town", "kiosks"}.)");
  return [options] { return serve(*options); };
}

}  // namespace machi::program
