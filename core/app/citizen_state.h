// Inside of the citizen app: what it holds and its own screens (first, home, history, language). Private to
// core/app. Owned by whoever opened the app; one thread.
#pragma once

#include "core/absence/citizen/form.h"
#include "core/absence/citizen/notes.h"
#include "core/absence/citizen/sent.h"
#include "core/absence/citizen/slip.h"
#include "core/app/citizen.h"
#include "core/app/citizen_recovery.h"
#include "core/app/mail_host.h"
#include "core/app/pack.h"
#include "core/crypto/drbg.h"
#include "core/household/citizen/screens.h"
#include "core/shelter/citizen/alias.h"
#include "core/shelter/citizen/arrival.h"
#include "core/shelter/citizen/ask.h"
#include "core/shelter/citizen/plan.h"
#include "core/shelter/citizen/safety.h"
#include "core/words/shelf.h"

namespace machi::app {

class Citizen final : public App {
 public:
  Citizen(Config config, Pack pack, Blobs& blobs, std::unique_ptr<store::Database> database);
  static std::vector<store::Migration> migrations();

  void update(const Event& event, std::vector<Effect>& out) override;
  void rest(std::vector<Effect>& out) override;
  screen::Screen draw() const override;
  base::Bytes picture(const std::string& id) override;

 private:
  using Route = absence::Route;
  using Outcome = absence::Outcome;

  // What needs the host's entropy: made at Start.
  struct Mail {
    Mail(store::Database& database, crypto::Secret<32> seed, mail::Town town, mail::ClientEvents events)
        : entropy(std::move(seed)), client(database, entropy, {town, false}, std::move(events)) {}
    crypto::Drbg entropy;
    mail::Client client;
  };

  // citizen.cc
  void start(const Start& start, std::vector<Effect>& out);
  void act(const screen::Action& action, std::vector<Effect>& out);
  void take_photo(const PhotoRead& read);
  Outcome dispatch(const screen::Action& action, std::vector<Effect>& out);
  void go(const Outcome& outcome, std::vector<Effect>& out);
  void open_link(const std::string& text, std::vector<Effect>& out);
  void leave_slips();
  void settle(std::vector<Effect>& out);
  absence::CitizenContext context() const;
  Route root() const;
  std::optional<screen::Screen> draw(const Route& route) const;
  screen::Screen closed(screen::Screen shown) const;
  bool has_children() const;
  void choose_language(const std::string& tag, std::vector<Effect>& out);
  void words_came(const WordsLoaded& loaded, std::vector<Effect>& out);
  std::string setting(std::string_view name) const;
  void set(std::string_view name, std::string_view value);

  // citizen_home.cc
  screen::Screen first(const Route& route) const;
  screen::Screen home(const Route& route) const;
  screen::Screen history(const Route& route) const;
  screen::Screen languages(const Route& route) const;
  screen::Screen refused() const;
  screen::Screen top(const Route& route, const std::string& title) const;
  void add_language_choice(screen::Nodes& main) const;
  void add_notices(screen::Nodes& main) const;

  // citizen_household.cc
  household::ScreenContext household_context() const;
  bool open_household(const Route& route);
  std::optional<screen::Screen> draw_household(const Route& route) const;
  Outcome act_household(const screen::Action& action, std::vector<Effect>& out);
  Outcome outcome_of(household::Step step, std::vector<Effect>& out);
  shelter::PhoneContext shelter_context() const;
  Outcome act_shelter(const screen::Action& action, std::vector<Effect>& out);
  void send_household();

  // citizen_recovery.cc
  static bool is_recovery(std::string_view text);
  void listen_for_record(mail::ClientEvents& events);
  base::Status take_record(base::ByteView bytes);
  base::Result<base::Bytes> record(int days) const;
  void settle_record(std::vector<Effect>& out);
  std::optional<base::Instant> record_due() const;
  bool backed_up() const;
  bool knows_offices() const;
  Outcome read_recovery(std::string_view text);
  bool recovery_answered(const mail::SlipCode& code, const base::Result<base::Bytes>& bytes);
  bool put_out() const;  // this phone was taken off its own mailbox
  base::Status start_over();
  Outcome act_recovery(const screen::Action& action, std::vector<Effect>& out);
  std::optional<screen::Screen> draw_recovery(const Route& route) const;
  std::string link(const std::string& fragment) const;
  std::string sheet_link() const;
  screen::Nodes sheet() const;
  int phones() const;
  static std::string phone_code(const crypto::SignPublic& key);
  std::optional<crypto::SignPublic> phone_of(std::string_view code) const;

  Config config_;
  Pack pack_;
  Blobs& blobs_;
  std::unique_ptr<store::Database> database_;
  MailHost host_;
  mutable absence::ReportBook reports_;
  mutable absence::ChildBook children_;
  std::unique_ptr<Mail> mail_;
  words::Words words_;
  words::Shelf shelf_;  // where words_ come from
  absence::ReportForm form_;
  absence::SentReports sent_;
  absence::Notes notes_;
  absence::SlipFlow slips_;
  household::Screens household_;
  shelter::Arrival arrival_;
  shelter::SafetyForm safety_;
  shelter::AskForm ask_;
  shelter::PlanScreens plans_;
  shelter::AliasScreen alias_;
  Recovery recovery_;
  std::vector<Route> routes_{{"first", ""}};
  std::string storage_;  // "persistent", "best-effort", "refused"
  bool installed_ = false;
  bool evicted_ = false;  // was registered here, and the browser has dropped what there was
  bool online_ = true;
  Beside beside_;  // the app of notices, as far as it has said
  bool beside_failed_ = false;
  bool changed_ = false;
  bool broken_ = false;  // the tables could not be read at the start
  base::Instant now_;
  std::optional<std::int64_t> clock_due_;
  std::vector<Log> logs_;
  std::int64_t revision_ = 1;
};

}  // namespace machi::app
