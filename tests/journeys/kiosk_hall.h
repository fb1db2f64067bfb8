// A town hall's lobby with the kiosk's app in it: the devices of the kill test (kiosk_world.h) do what the
// app asks for, a card with a PIN and tries lies on the reader or not, time passes by hand. Every screen is
// looked at: whole, in words, without the PIN, and of nobody but whose card lies there. Test code.
#pragma once

#include "core/app/kiosk.h"
#include "core/crypto/drbg.h"
#include "core/screen/builder.h"
#include "tests/unit/certificate/kiosk_world.h"

namespace machi::journeys {

namespace lobby = certificate::kiosk;

class Hall {
 public:
  explicit Hall(std::uint64_t seed = 1);

  // Devices.
  lobby::test::World world;
  std::string pin = "4071";  // of every card here
  int tries = 3;             // that the card has left
  int person = 0;            // whose card is put in next, and who stands there
  lobby::Cause printer_cause = lobby::Cause::None, clerk_cause = lobby::Cause::None;
  std::map<std::string, std::vector<int>> faults;  // of a call, one after another
  std::string hold;                                // a call that is not answered before release()
  int hold_nth = 1;                                // the how manyeth such call from now
  bool staff_answer = true;
  bool words_reachable = true;
  std::string staff_pin;   // before start(); "" = the key is enough
  bool disk_full = false;  // for the day's totals

  void start();  // also again, after a crash: the journal is what is left
  void touch(const std::string& node);
  void choose(const std::string& node, const std::string& value);
  void choose_all(const std::string& node, std::vector<std::string> values);
  void act(screen::Action action);
  void type(const std::string& digits);  // on the pad, and enter
  void put_card(lobby::CardTrouble trouble = lobby::CardTrouble::None, int cards = 1);
  void lift_card();
  void take_paper();
  void wait(std::int64_t ms);
  void release();
  void proceed() { carry_out(); }  // to another hold
  void send(decltype(app::KioskEvent::what) what);

  const screen::Screen& screen() const { return screen_; }
  bool at(std::string_view name) const;
  std::string text() const;  // all that is shown, without ruby
  bool has(const std::string& node) const { return screen::find(screen_, node) != nullptr; }
  bool card() const { return card_; }
  app::Kiosk& kiosk() { return *app_; }
  base::Instant now() const { return now_; }
  std::int64_t money() const;  // that was taken and not given back, over all
  std::optional<lobby::Outcome> last_outcome() const;

  int calls = 0, test_prints = 0, forgets = 0, renders = 0;
  std::vector<base::Date> saved;
  std::vector<std::string> said;

 private:
  void take(std::vector<app::KioskEffect> effects);
  void carry_out();  // what is not held
  void perform(const lobby::Effect& effect);
  lobby::Answer card_answers(const lobby::work::Identify& work);
  void look();

  std::unique_ptr<app::Kiosk> app_;
  crypto::Drbg random_;
  screen::Screen screen_;
  std::optional<lobby::Effect> doing_;
  std::optional<std::int64_t> timer_;
  base::Instant now_;
  bool card_ = false, held_ = false, inside_ = false;
  std::optional<lobby::Ref> stopped_;
};

}  // namespace machi::journeys
