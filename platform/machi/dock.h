// The dock: a kiosk's whole world as processes on one machine - card service and cards, printer, payment
// terminal, clerk, and machi_kiosk itself - and the hand that puts cards in, empties the paper, jams,
// silences the network and cuts the power. One thread; its processes end with it.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "platform/host/simulated/card_service.h"
#include "platform/host/simulated/printer_service.h"
#include "platform/machi/kiosk_world.h"

namespace machi::program {

struct DockPlan {
  std::filesystem::path folder;        // machi kiosk sample
  std::filesystem::path machi, kiosk;  // the programs
  std::filesystem::path words;         // catalogues
  std::filesystem::path voice;         // .htsvoice, or nothing
  std::string size = "540x960";
  std::string seconds_a_sheet = "2";
  bool offscreen = false;
  bool large = false;
};

class Dock {
 public:
  // Starts everything. Unreachable with what did not start.
  static base::Result<std::unique_ptr<Dock>> open(DockPlan plan);
  ~Dock();

  // One command: "insert resident", "power cut" (kDockCommands). BadInput when it is none, Unreachable when
  // what it is for does not answer.
  base::Status obey(const std::string& command);
  // {"kiosk": {"on", "screen", "title"}, "card": {"in", "id", "tries"}, "printer": {"on", "fault", "sheets"},
  // "terminal": BEHAVIOUR, "network": bool, "cards": [{"id", "note", "name"}]}
  nlohmann::json state();
  // The terminal's book: what really happened to the money.
  nlohmann::json book();
  // The kiosk's answer to a line (machi_kiosk --dock); "" when it is off.
  std::string kiosk(const std::string& line);
  std::optional<base::Bytes> picture();  // of its screen, PNG
  std::vector<std::pair<std::string, base::Bytes>> tray() const { return printer_.tray(); }

 private:
  explicit Dock(DockPlan plan) : plan_(std::move(plan)), printer_(plan_.seconds_a_sheet) {}
  base::Status start();
  base::Status start_clerk();
  base::Status start_kiosk();
  base::Status insert(const std::string& id, const std::string& how);
  base::Status printer(const std::string& what);
  base::Status terminal(const std::string& what);

  DockPlan plan_;
  KioskWorld world_;
  host::PassingFolder folder_;
  host::CardService cards_;
  host::PrinterService printer_;
  std::unique_ptr<host::ChildProcess> terminal_, clerk_, card_, kiosk_;
  std::string card_id_, terminal_manner_ = "approve";
  bool network_ = true;
};

// What obey() takes, a line each, for --help and for the answer to a wrong one.
extern const char* const kDockCommands;

}  // namespace machi::program
