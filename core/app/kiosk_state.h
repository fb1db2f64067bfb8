// Inside of the kiosk's app, in rooms: what comes in and what follows (kiosk.cc), what a visitor's press does
// (kiosk_act.cc), which screen is shown and for how long (kiosk_view.cc). Private to core/app; one thread.
#pragma once

#include <optional>

#include "core/app/kiosk.h"
#include "core/certificate/kiosk/screens.h"
#include "core/words/shelf.h"

namespace machi::app {

using base::Instant;
namespace counter = certificate::kiosk;  // the transaction and its screens

inline constexpr std::int64_t kWarnMs = 20'000;  // before a limit
inline constexpr std::int64_t kSlowMs = 15'000;  // then it is said that it takes longer

class KioskApp final : public Kiosk {
 public:
  KioskApp(KioskConfig config, counter::Book book, base::Entropy& entropy);
  ~KioskApp() override;

  void update(KioskEvent event, std::vector<KioskEffect>& out) override;
  const screen::Screen& view() override { return drawn_; }
  const counter::Manner& manner() const override { return manner_; }
  counter::Stage stage() const override { return kiosk_.stage(); }
  const counter::Book& book() const override { return kiosk_.book(); }
  bool blank() const override;

 private:
  enum class Page {
    Attract,  // or closed, or a card that was left
    Choose,
    Details,
    Card,
    Running,  // what the transaction is at
    Trouble,
    Farewell,
    StaffPin,
    Staff,
  };
  enum class Room { Home, Case, Totals, Log };  // of the staff's pages
  // All that is known of this visitor; gone as a whole.
  struct Visit {
    counter::Basket basket;
    std::size_t detail = 0;
    counter::Pin pin;
    int typed = 0;
    bool pin_ready = false;  // to be handed to the card
    bool forgot = false, birth = false, declined = false, wrong = false;
    bool languages = false;
    bool change = false;  // the order is to be changed: the session ends, the visit goes on
    bool stopping = false, ended = false, paper_taken = false;
    counter::Trouble trouble = counter::Trouble::None;
    counter::Money money;
    counter::Prints prints;
    std::string session;
    std::int64_t amount = 0;
    counter::Help help = counter::Help::None;
    std::uint32_t reprint = 0;  // the case whose papers are printed again
    // Of staff.
    crypto::Secret<counter::kMostStaffDigits> staff_digits;
    Room room = Room::Home;
    std::uint32_t number = 0;                               // of the case that is looked at
    bool refund = false, refunding = false, allow = false;  // asked for; under way; a reprint is asked for
    bool refund_seen = false;
  };

  // kiosk.cc
  void take(KioskEvent& event);
  void answered(kiosk_event::Answered& answer);
  void note(const counter::Answer& answer, counter::Cause cause, int sheets);
  void card_in(const kiosk_event::CardIn& card);
  void card_out();
  void run(std::optional<counter::Effect> effect);
  void act(counter::Act act);
  void stop_charge();
  void begin_session();
  void follow();  // hands on what waited, and sees how a session has ended
  void ended(counter::Outcome outcome);
  void begin_visit();
  void end_visit();
  void trouble(counter::Trouble what);
  void call_staff();
  // kiosk_staff.cc
  void staff_in();
  void enter_staff();
  void follow_staff();
  std::int64_t staff_wait_ms() const;  // until a PIN is taken again
  screen::Screen draw_staff(const counter::Scene& scene) const;
  void turn_day();
  void words_came(const kiosk_event::WordsLoaded& loaded);
  void settle();  // screen, voice, timer

  // kiosk_act.cc
  void press(const screen::Action& action);
  bool press_bar(const std::string& node);
  void press_choose(const screen::Action& action);
  void press_details(const screen::Action& action);
  void press_pad(const std::string& key);
  void press_running(const std::string& node);
  void press_staff(const std::string& node);
  void press_staff_pin(const std::string& node);
  void press_case(const std::string& node);
  void choose_language(const std::string& tag);
  void cancel(counter::Trouble why);
  // Somebody has touched the attract screen: its letters, its language, its help.
  bool begun() const {
    return manner_ != counter::Manner{} || shelf_.wanted() != "ja" || language_failed_ ||
           visit_.help != counter::Help::None;
  }
  bool in_session() const { return page_ == Page::Running; }

  // kiosk_view.cc
  screen::Screen draw() const;
  screen::Screen draw_running(const counter::Scene& scene) const;
  counter::Scene scene() const;
  std::string place() const;
  bool warns() const;
  std::int64_t limit_ms() const;  // of what is shown; 0 = none
  void time_is_up();

  KioskConfig config_;
  counter::Transaction kiosk_;
  words::Shelf shelf_;
  words::Words words_;
  counter::Manner manner_;
  Page page_ = Page::Attract;
  Visit visit_;
  std::uint64_t visits_ = 0;
  bool card_ = false;      // lies on the reader
  bool card_new_ = false;  // came after the last visitor had gone
  kiosk_event::CardIn seen_;
  std::uint64_t doing_ = 0;  // the number of the effect that is out; 0 = none
  std::size_t kind_ = 0;     // which work it is
  counter::Ref ref_{};       // of the charge that is out
  bool language_failed_ = false;
  counter::Machine machine_;
  int staff_wrong_ = 0;  // PINs in a row
  Instant staff_wrong_at_;
  base::Date day_;
  Instant now_;
  Instant touched_;       // a person did something, or the screen changed
  std::string name_;      // of the screen that is shown
  std::string place_;     // what lies below it
  std::int64_t due_ = 0;  // of the timer that runs; 0 = none
  std::int64_t revision_ = 0;
  std::int64_t idle_at_ = 0;
  certificate::Hash shown_{};  // of the screen as it was rendered
  screen::Screen drawn_;
  std::vector<KioskEffect>* out_ = nullptr;
};

}  // namespace machi::app
