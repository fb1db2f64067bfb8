// Each device is commanded through the lines that its program documents (machi simulate ... --help).
#include "platform/machi/dock.h"

#include <fstream>
#include <sstream>

#include "platform/host/file.h"
#include "platform/machi/kiosk_config.h"

namespace machi::program {
namespace {

using base::Code;
using base::fail;
using base::Result;
using base::Status;
using host::ChildProcess;

constexpr int kAnswerSeconds = 20;
constexpr int kStaffKey = 2, kPaperKey = 5;
constexpr std::size_t kPictureLimit = 64 << 20;

nlohmann::json parsed(const std::string& line) { return nlohmann::json::parse(line, nullptr, false); }

}  // namespace

const char* const kDockCommands =
    R"(  insert CARD         a card of the sample onto the reader; upside-down CARD, strange (no My Number card), remove
  paper empty|fill    the tray of empty sheets           jam, jam-on N (at sheet N of a job), cover, mend
  printer off|on      its switch                         tray empty   the printed sheets are taken out
  terminal BEHAVIOUR  approve, decline, wait, silent, lost, twice, ...; once BEHAVIOUR: for the next charge
  pay                 a charge that waits is paid        network off|on  between the kiosk and the clerk
  power cut|on        of the kiosk (SIGKILL; started anew)
  staff               the staff's key switch             taken        the tray's sensor: the paper is taken
  kiosk LINE          a line for machi_kiosk --dock: tree, press NODE, choose NODE VALUE, touch X Y)";

Result<std::unique_ptr<Dock>> Dock::open(DockPlan plan) {
  std::unique_ptr<Dock> out(new Dock(std::move(plan)));
  MACHI_TRY(out->start());
  return out;
}

Dock::~Dock() {
  // Who asks goes before whoever answers.
  kiosk_.reset();
  card_.reset();
  clerk_.reset();
  terminal_.reset();
}

Status Dock::start() {
  MACHI_TRY_SET(world, open_kiosk_world(plan_.folder));
  world_ = std::move(world);
  MACHI_TRY(cards_.start());
  MACHI_TRY(printer_.start());
  const std::string log = (folder_ / "log").string();
  terminal_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{plan_.machi.string(), "simulate", "terminal", "--book",
                               (world_.folder / "terminal.db").string()},
      log);
  const auto said = parsed(terminal_->hear(kAnswerSeconds));
  if (!said.is_object() || !said.contains("port")) return fail(Code::Unreachable, "the terminal's simulator");
  MACHI_TRY(start_clerk());
  const int terminal_port = said["port"].get<int>();
  const auto clerk_said = parsed(clerk_->hear(kAnswerSeconds));
  if (!clerk_said.is_object() || !clerk_said.contains("port")) {
    const auto why = host::read_file(folder_ / "log", kPictureLimit);
    return fail(Code::Unreachable, "the clerk: " + (why.ok() ? std::string(base::text_view(*why)) : ""));
  }
  MACHI_TRY_SET(town, town::open_town(world_.town()));
  MACHI_TRY_SET(config, kiosk_config(town));
  config["key"] = world_.kiosk_key().string();
  config["journal"] = (world_.folder / "journal.db").string();
  config["words"] = std::filesystem::absolute(plan_.words).string();
  if (!plan_.voice.empty()) config["voice"] = std::filesystem::absolute(plan_.voice).string();
  config["clerk"] = "http://127.0.0.1:" + std::to_string(clerk_said["port"].get<int>());
  config["printer"] = printer_.uri();
  config["terminal"] = "127.0.0.1:" + std::to_string(terminal_port);
  config["staffKey"] = kStaffKey;
  config["paperKey"] = kPaperKey;
  config["clearSeconds"] = 1;
  const std::string text = config.dump(2) + "\n";
  MACHI_TRY(host::write_file(world_.folder / "kiosk.json", base::view(text)));
  return start_kiosk();
}

Status Dock::start_clerk() {
  clerk_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{plan_.machi.string(), "clerk", "serve", "--town", world_.town().string(),
                               "--ca", world_.authority().string(), "--crl", world_.list().string(),
                               "--kiosk", base::to_hex(world_.kiosk.bytes), "--mayor", "日和町長　日和 花子",
                               "--port", "0"},
      (folder_ / "log").string(), std::vector<std::pair<std::string, std::string>>{}, true);
  return {};
}

Status Dock::start_kiosk() {
  std::vector<std::string> words = {plan_.kiosk.string(),
                                    "--config",
                                    (world_.folder / "kiosk.json").string(),
                                    "--dock",
                                    "--size",
                                    plan_.size};
  if (plan_.offscreen) words.push_back("--offscreen");
  kiosk_ = std::make_unique<ChildProcess>(words, (world_.folder / "kiosk.log").string());
  if (kiosk("screen").empty())
    return fail(Code::Unreachable, "the kiosk; its log is kiosk.log in the folder");
  return {};
}

std::string Dock::kiosk(const std::string& line) {
  return kiosk_ && kiosk_->alive() ? kiosk_->say(line, kAnswerSeconds) : std::string();
}

Status Dock::insert(const std::string& id, const std::string& how) {
  const WorldCard* card = nullptr;
  for (const WorldCard& one : world_.cards)
    if (one.id == id) card = &one;
  if (card == nullptr) return fail(Code::BadInput, "there is no card " + id);
  if (!card_ || card_id_ != id || !card_->alive()) {
    card_ = std::make_unique<ChildProcess>(host::card_words(plan_.machi.string(), cards_, card->files),
                                           (folder_ / "log").string());
    card_id_ = id;
    if (card_->hear(kAnswerSeconds).empty()) return fail(Code::Unreachable, "the card's simulator");
  }
  // pcscd opens the slot's port a moment after its socket.
  const bool lies_there = host::soon(
      [&] { return parsed(card_->say(how, kAnswerSeconds)).value("inserted", false); }, kAnswerSeconds);
  return lies_there ? Status() : fail(Code::Unreachable, "the reader");
}

Status Dock::printer(const std::string& what) {
  printer_.give_up(false);
  if (what == "off") return printer_.switch_off(), Status();
  if (what == "on") return printer_.is_on() ? Status() : printer_.start();
  if (what == "mend") printer_.jam_on("");
  printer_.fault(what == "mend" ? "" : what);
  return {};
}

Status Dock::terminal(const std::string& what) {
  const bool once = what.rfind("once ", 0) == 0;
  const std::string manner = once ? what.substr(5) : what;
  const auto said = parsed(terminal_->say((once ? "once charge " : "charge ") + manner, kAnswerSeconds));
  if (!said.is_object() || !said.value("done", false)) return fail(Code::BadInput, "no behaviour: " + what);
  if (!once) terminal_manner_ = manner;
  return {};
}

Status Dock::obey(const std::string& command) {
  const auto space = command.find(' ');
  const std::string what = command.substr(0, space);
  const std::string rest = space == std::string::npos ? "" : command.substr(space + 1);
  if (what == "insert") return insert(rest, "insert");
  if (what == "upside-down") return insert(rest.empty() ? world_.cards.front().id : rest, "upside-down");
  if (command == "strange") return insert(card_id_.empty() ? world_.cards.front().id : card_id_, "other");
  if (command == "remove") {
    if (card_ && card_->alive()) card_->say("remove", kAnswerSeconds);
    return {};
  }
  if (command == "paper empty") return printer("media-empty");
  if (command == "paper fill" || command == "mend") return printer("mend");
  if (command == "jam") return printer("media-jam");
  if (command == "cover") return printer("cover-open");
  if (what == "jam-on" && rest.size() == 1 && rest[0] >= '1' && rest[0] <= '9')
    return printer_.jam_on(rest), Status();
  if (command == "printer off" || command == "printer on") return printer(rest);
  if (command == "tray empty") return printer_.empty_tray(), Status();
  if (what == "terminal") return terminal(rest);
  if (command == "pay") return terminal_->say("pay", kAnswerSeconds), Status();
  if (command == "network off" || command == "network on") {
    // What is sent is neither refused nor answered, as on a line that was cut.
    network_ = rest == "on";
    clerk_->signal(network_ ? SIGCONT : SIGSTOP);
    return {};
  }
  if (command == "power cut") return kiosk_->end(SIGKILL), Status();
  if (command == "power on") return kiosk_->alive() ? Status() : start_kiosk();
  const std::string line = command == "staff"   ? "key " + std::to_string(kStaffKey)
                           : command == "taken" ? "key " + std::to_string(kPaperKey)
                           : what == "kiosk"    ? rest
                                                : "";
  if (line.empty() || line.find('\n') != std::string::npos)
    return fail(Code::BadInput, "no command: " + what);
  const std::string said = kiosk(line);
  if (said.empty()) return fail(Code::Unreachable, "the kiosk is off");
  if (said.find("\"trouble\"") != std::string::npos)
    return fail(Code::BadInput, "the kiosk does not know it");
  return {};
}

nlohmann::json Dock::state() {
  nlohmann::json out;
  const auto screen = parsed(kiosk("screen"));
  out["kiosk"] = {{"on", screen.is_object()}};
  if (screen.is_object()) out["kiosk"].update(screen);
  const bool has_card = card_ && card_->alive();
  const auto card = has_card ? parsed(card_->say("state", kAnswerSeconds)) : nlohmann::json();
  out["card"] = {{"in", card.is_object() && card.value("inserted", false)}, {"id", card_id_}};
  if (card.is_object()) out["card"]["tries"] = card.value("tries", 0);
  out["printer"] = {{"on", printer_.is_on()}, {"fault", printer_.fault()}, {"sheets", printer_.sheets()}};
  out["terminal"] = terminal_manner_;
  out["network"] = network_;
  out["cards"] = nlohmann::json::array();
  for (const WorldCard& one : world_.cards)
    out["cards"].push_back({{"id", one.id}, {"note", one.note}, {"name", one.files.name}});
  return out;
}

nlohmann::json Dock::book() { return parsed(terminal_->say("book", kAnswerSeconds)); }

std::optional<base::Bytes> Dock::picture() {
  const std::string file = (folder_ / "screen.png").string();
  if (kiosk("picture " + file).find("true") == std::string::npos) return std::nullopt;
  auto bytes = host::read_file(file, kPictureLimit);
  return bytes.ok() ? std::optional(std::move(*bytes)) : std::nullopt;
}

}  // namespace machi::program
