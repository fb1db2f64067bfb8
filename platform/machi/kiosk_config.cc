// machi kiosk config: the file that tells machi_kiosk its devices, its clerk and the town's seals.
#include "platform/machi/kiosk_config.h"

#include "core/certificate/kiosk/screens.h"
#include "core/crypto/drbg.h"
#include "core/crypto/password.h"
#include "core/crypto/sodium.h"
#include "platform/clerk/office.h"
#include "platform/host/file.h"
#include "platform/machi/command.h"
#include "platform/machi/seal_keys.h"

namespace machi::program {
namespace {

struct KioskConfig {
  std::string town;
  std::vector<std::pair<std::string, std::string>> texts;
  std::string staff_pin_file;
  int staff_key = 0, paper_key = 0;
};

int make_config(const KioskConfig& options) {
  const auto town = town::open_town(options.town);
  if (!town.ok()) return complain("There is no town in " + options.town, town.error());
  auto out = kiosk_config(*town);
  if (!out.ok()) return complain("The town's seal keys cannot be read", out.error());
  for (const auto& [name, value] : options.texts)
    if (!value.empty()) (*out)[name] = value;
  if (options.staff_key > 0) (*out)["staffKey"] = options.staff_key;
  if (options.paper_key > 0) (*out)["paperKey"] = options.paper_key;
  if (!options.staff_pin_file.empty()) {
    auto pin = host::read_file(options.staff_pin_file, 64);
    if (!pin.ok()) return complain("The staff's PIN cannot be read", pin.error());
    std::string typed(base::text_view(*pin));
    crypto::wipe(*pin);
    while (!typed.empty() && (typed.back() == '\n' || typed.back() == '\r')) typed.pop_back();
    const bool digits = typed.find_first_not_of("0123456789") == std::string::npos &&
                        typed.size() >= certificate::kiosk::kLeastStaffDigits &&
                        typed.size() <= certificate::kiosk::kMostStaffDigits;
    crypto::SystemEntropy entropy;
    const auto hash = digits ? crypto::hash_password(entropy, typed)
                             : base::Result<base::Bytes>(base::fail(base::Code::BadInput, "6 to 12 digits"));
    crypto::wipe_text(typed);
    if (!hash.ok()) return complain("The staff's PIN has 6 to 12 digits", hash.error());
    (*out)["staffPin"] = base::to_hex(*hash);
    if (options.staff_key == 0) (*out)["staffDoor"] = true;
  }
  print(*out);
  return kDone;
}

}  // namespace

base::Result<nlohmann::json> kiosk_config(const town::TownFolder& town) {
  MACHI_TRY_SET(seals, seal_keys_of(town));
  nlohmann::json out = {{"place", town.plan.name}};
  const auto fees = clerk::usual_fees();
  for (std::size_t i = 0; i < fees.size(); ++i)
    out["fees"][std::string(certificate::name_of(static_cast<certificate::Kind>(i + 1)))] = fees[i];
  out["sealKeys"] = nlohmann::json::array();
  for (const auto& one : seals)
    out["sealKeys"].push_back(
        {{"key", base::to_hex(one.key.bytes)}, {"from", one.from.ms}, {"to", one.to.ms}});
  return out;
}

Action declare_kiosk_config(CLI::App& app) {
  auto options = std::make_shared<KioskConfig>();
  app.add_option("--town", options->town, "The town's folder: its feed lists the seal keys")->required();
  struct Text {
    const char *option, *name, *what;
    bool needed;
  };
  static constexpr Text kTexts[] = {
      {"--key", "key", "This kiosk's key (machi kiosk key)", true},
      {"--journal", "journal", "The journal, an SQLite file", true},
      {"--words", "words", "Folder of the catalogues (build/words)", true},
      {"--clerk", "clerk", "The clerk: http://ADDRESS:PORT", true},
      {"--printer", "printer", "The printer: ipp://ADDRESS:PORT/ipp/print", true},
      {"--terminal", "terminal", "The payment terminal: ADDRESS:PORT", true},
      {"--receipts", "receipts", "The receipt printer (ESC/POS): ADDRESS:PORT or /dev/usb/lp0", false},
      {"--alarm", "alarm", "A program that calls staff; it gets the session's number", false},
      {"--voice", "voice", "The voice, an .htsvoice file of Open JTalk", false},
      {"--totals", "totals", "Folder of the days' totals (kiosk-YYYY-MM-DD.csv)", false},
      {"--status", "status", "A file with the kiosk's state for Prometheus' textfile collector (NAME.prom)",
       false},
      {"--tray", "tray", "The printer's tray, such as tray-1", false},
      {"--place", "place", "What stands above every screen; the town's name when not given", false},
  };
  options->texts.resize(std::size(kTexts));
  for (std::size_t i = 0; i < std::size(kTexts); ++i) {
    options->texts[i].first = kTexts[i].name;
    app.add_option(kTexts[i].option, options->texts[i].second, kTexts[i].what)->required(kTexts[i].needed);
  }
  app.add_option("--staff-key", options->staff_key, "The function key that the staff's key switch types")
      ->check(CLI::Range(1, 12));
  app.add_option("--staff-pin-file", options->staff_pin_file,
                 "A file with the staff's PIN, 6 to 12 digits; only its Argon2id hash is written. Without a "
                 "--staff-key the first screen has a button for staff");
  app.add_option("--paper-key", options->paper_key,
                 "The function key that the tray's sensor types when the paper was taken")
      ->check(CLI::Range(1, 12));
  app.footer(
      R"(One JSON object: the file of `machi_kiosk --config FILE.json`, whose --help says what stands in it. Fees are the usual
ones: write other ones into the file when the clerk takes other ones (the clerk's count). Make it anew when the town's
feed has a new seal key. Names of files are meant from the file's folder.)");
  return [options] { return make_config(*options); };
}

}  // namespace machi::program
