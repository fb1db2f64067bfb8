// Desk: the state of a school's tablet or PC, in rooms: what comes in and what follows (desk.cc), what a
// person's press asks of it (desk_wishes.cc), what is shown (desk_view.cc), and the device that is let in for
// a time (desk_guest.cc). One thread; for these files alone.
#pragma once

#include <set>

#include "core/absence/desk/pages.h"
#include "core/app/desk.h"
#include "core/app/desk_care.h"
#include "core/app/desk_files.h"
#include "core/app/desk_notice.h"
#include "core/app/desk_recovery.h"
#include "core/app/desk_shelter.h"
#include "core/app/mail_host.h"
#include "core/app/pack.h"
#include "core/app/symbols.h"
#include "core/crypto/drbg.h"
#include "core/words/shelf.h"

namespace machi::app {

using base::Instant;
using Joining = mail::Client::Joining;

constexpr std::int64_t kDeskContactMs = 60'000;  // without a word from the hub for so long: not connected

class Desk final : public App {
 public:
  Desk(Config config, Pack pack, Blobs& blobs, std::unique_ptr<store::Database> database)
      : config_(std::move(config)),
        pack_(std::move(pack)),
        blobs_(blobs),
        database_(std::move(database)),
        host_(blobs, config_.hub),
        files_(blobs),
        symbol_(symbol_writer()) {}

  void update(const Event& event, std::vector<Effect>& out) override;
  screen::Screen draw() const override;
  base::Bytes picture(const std::string& id) override;

 private:
  struct Mail;

  // desk.cc
  void start(const Start& start, std::vector<Effect>& out);
  void take(const Event& event, std::vector<Effect>& out);
  void open_link(std::string_view text);
  void heard(const Event& event);
  void note_contact();
  void settle(std::vector<Effect>& out);
  bool joined() const;
  bool of_board() const;
  const std::string& site() const { return pack_.site.empty() ? config_.site : pack_.site; }
  void trouble(const base::Error& error, std::string_view where, std::vector<Effect>& out);

  // desk_guest.cc
  void ask_in(const mail::MailboxId& school);
  void watch_guest();
  bool guest_is_over() const;
  void end_guest(std::vector<Effect>& out);
  void take_off_guests();
  base::Status let_in(const absence::DeskWish& wish);

  // desk_wishes.cc
  void act(const screen::Action& action, std::vector<Effect>& out, const absence::OpenedFile* file = nullptr);
  void open_file(const FileRead& read, std::vector<Effect>& out);
  void carry_out(absence::DeskWish wish, std::vector<Effect>& out);
  void keep_snapshot();
  void show_photo(const absence::Photo& photo);
  void pdf_made(const PdfMade& pdf, std::vector<Effect>& out);
  void invite();
  void rescue(const mail::MailboxId& school);
  void choose_language(const std::string& tag, std::vector<Effect>& out);
  void words_came(const WordsLoaded& loaded, std::vector<Effect>& out);
  void speak(std::vector<Effect>& out);

  // desk_shelter.cc's pages in this app
  bool at_shelter() const;  // they are shown: not the lock, not what every office has
  DeskShelter::Moment moment() const;
  void act_shelter(const screen::Action& action, std::vector<Effect>& out, const absence::OpenedFile* file);

  // desk_care.cc's pages in this app
  bool at_care() const;
  DeskCare::Moment care_moment() const;
  void act_care(const screen::Action& action, std::vector<Effect>& out);

  // desk_notice.cc's pages in this app
  bool at_notice() const;
  DeskNotice::Moment notice_moment() const;
  void act_notice(const screen::Action& action, std::vector<Effect>& out);

  // desk_view.cc
  absence::DeskScene scene() const;
  absence::GuestScene guest_scene() const;
  screen::Screen shown() const;

  Config config_;
  Pack pack_;
  Blobs& blobs_;
  std::unique_ptr<store::Database> database_;
  MailHost host_;
  DeskFiles files_;
  absence::SymbolWriter symbol_;
  std::unique_ptr<Mail> mail_;  // from Start on
  words::Words words_;
  words::Shelf shelf_;  // where words_ come from
  Instant now_;
  Instant started_;
  std::optional<Instant> contact_;  // when the hub last answered
  std::optional<Instant> contact_kept_;
  std::optional<Instant> away_;  // was away since, and no person has seen it yet
  bool catching_up_ = false;     // messages of that time are still coming
  Instant last_message_;
  int caught_ = 0;
  bool online_ = true;
  bool changed_ = true;
  bool bad_link_ = false;
  bool settings_ = false;               // of a shelter's desk: what every office has is shown
  std::optional<Instant> guest_until_;  // this device was let in for a time
  bool guest_over_ = false;
  bool persists_ = false;                   // the browser was asked to keep this device's storage
  std::set<crypto::SignPublic> taken_off_;  // guests whose time was over
  std::string invitation_;
  Instant invitation_to_;
  absence::Rescue rescue_;  // the board's, for a school
  std::map<mail::SlipCode, std::string> slip_links_;
  std::optional<absence::PhotoShown> photo_;
  std::vector<Log> logs_;
  std::int64_t revision_ = 1;
};

// What needs the host's entropy: made at Start.
struct Desk::Mail {
  Mail(store::Database& database, crypto::Secret<32> seed, mail::Town town, mail::ClientEvents events)
      : entropy(std::move(seed)),
        client(database, entropy, {town, true}, std::move(events)),
        post(client),
        school(database, post),
        board(database),
        recovery(database, client, post, school),
        pages(school, entropy),
        shelter(database, client, entropy),
        care(database, client, entropy),
        notice(database, client, entropy) {}
  crypto::Drbg entropy;
  mail::Client client;
  absence::MailSchoolPost post;
  absence::SchoolDesk school;
  absence::BoardBook board;
  DeskRecovery recovery;
  absence::DeskPages pages;
  DeskShelter shelter;
  DeskCare care;
  DeskNotice notice;
};

}  // namespace machi::app
