// Journeys: whole apps driven by events, over the real hub in one process and a network made of a queue.
// Virtual time, nothing sleeps; the same seed gives the same run. A Device is a phone or a tablet with its
// app; a Town holds the hub, the feed, the school's founding device and all devices. Test code; one thread; a
// missing button is a test failure.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <set>

#include "core/absence/desk/post.h"
#include "core/app/app.h"
#include "core/crypto/drbg.h"
#include "core/notice/feed/booklet.h"
#include "core/notice/office/draft_book.h"
#include "core/notice/office/sums_book.h"
#include "core/screen/builder.h"
#include "platform/hub/post_office.h"
#include "platform/hub/sqlite_message_store.h"

namespace machi::journeys {

using base::Bytes;
using base::Date;
using base::Instant;
using base::TimeOfDay;

class Town;

// A file that the app gave the person.
struct SavedFile {
  std::string name;
  std::string media_type;
  Bytes bytes;
};

// What left the app and waits outside for the service worker.
struct Outside {
  std::string url;
  Bytes envelope;
};

// A true head (8 by 8) and no picture behind it.
Bytes small_jpeg();

class Device {
 public:
  Device(Town& town, std::string name, std::string app);
  ~Device();

  // --- the machine
  void start(const std::string& link = {}, const std::string& language = "ja");
  void stop();               // the program ends; the database stays
  void online(bool online);  // the device notices
  void open_link(const std::string& text);
  void send(decltype(app::Event::what) what);
  // The service worker posts what waits outside, while the app is closed; the app hears of it at the next
  // start.
  void sync_in_background();

  // --- what a person sees; texts without ruby and phrase marks
  const screen::Screen& screen() const { return screen_; }
  std::string at() const { return screen_.name; }  // "absence.sent/..."
  bool at(std::string_view name) const;            // without its subject
  bool sees(std::string_view text) const;
  std::string text() const;  // all of it, a line a text
  const screen::Node* find(const std::string& id) const { return screen::find(screen_, id); }
  const screen::Node* pressable(std::string_view text_or_id) const;

  // --- what a person does
  void press(std::string_view text_or_id);
  void choose(const std::string& node, const std::string& option);  // value or text of an option
  void choose_all(const std::string& node, const std::vector<std::string>& values);
  void enter(const std::string& node, const std::string& value);
  void scan(const std::string& value);
  // The host read the file; encoding "" = it could not.
  void choose_file(const std::string& node, const std::string& name, const std::string& encoding,
                   const std::string& text);
  // The host made a small JPEG of the picture that was chosen, or says why not.
  void choose_photo(const Bytes& jpeg, const std::string& why = {}, const std::string& node = "photo");
  void remove_photo(const std::string& node = "photo") { act(node, "remove"); }
  // What the presenter gets for a Photo node.
  Bytes picture(const std::string& node);
  void back();
  // Whatever the presenter could send back, by node id. Of a photo `value` is why there is none.
  void do_to(const std::string& node, std::string action, std::string value) {
    if (action == "photo") return choose_photo(value.empty() ? small_jpeg() : Bytes(), value, node);
    std::vector<std::string> values =
        action == "choose" ? std::vector<std::string>{value} : std::vector<std::string>{};
    act(node, std::move(action), std::move(value), std::move(values));
  }
  // The same action once more, with the screen it was made on: an impatient thumb, or one that comes too
  // late.
  void again() { send(app::Act{last_}); }

  const std::string& name() const { return name_; }
  app::App& app() { return *app_; }
  std::string file() const;            // where its database lies
  std::string database;                // path; by itself a file of the town's folder
  std::string vfs;                     // "" = the machine's files
  std::string storage = "persistent";  // what the browser answers to Persist
  bool installed = false;
  bool known = false;         // the browser's mark: was registered here
  bool guest = false;         // opened as a guest's: nothing is kept
  std::string channels = {};  // origin of the town's channels (Town::kChannels); "" = it has none
  bool words_reachable = true;
  bool rests = true;  // false: the program ends before what could wait was done
  std::map<std::string, Outside> outside;
  std::vector<std::string> signals;
  int persists = 0;
  int prints = 0;
  bool draws_pdf = true;  // false: the browser cannot draw documents (no font, no connection)
  std::vector<SavedFile> saved;
  std::vector<app::SavePicture> pictures;
  std::vector<app::OpenApp> turns;  // the other app was asked for
  int unread_count = 0;             // as the app of notices tells the one beside it
  std::string urgent;
  std::vector<app::Share> shares;
  std::vector<app::Speak> speaks;
  std::vector<std::string> papers;  // documents that were to be drawn, as JSON

 private:
  friend class Town;
  void carry_out(app::Effect effect);
  void carry_out_all(std::vector<app::Effect> effects);
  void look();
  void act(const std::string& node, std::string action, std::string value = {},
           std::vector<std::string> values = {});

  Town& town_;
  std::string name_;
  std::string kind_;
  app::Blobs blobs_;
  std::unique_ptr<app::App> app_;
  screen::Screen screen_;
  screen::Action last_;
  std::map<std::string, int> timers_;  // generation of each name
  std::vector<app::Posted> posted_;    // by the service worker, not told yet
  std::vector<Bytes> posted_bodies_;
  std::int64_t life_ = 0;
  bool online_ = true;
};

struct PrintedSlip {
  mail::SlipCode code{};
  std::string link;    // https://.../#s=...
  std::string number;  // 3F7K-20AB-...
  Bytes cose;
};

class Town {
 public:
  // Tuesday 24 November 2026, 7:38, if nothing else is said.
  explicit Town(std::uint64_t seed = 1,
                Instant start = base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{7 * 60 + 38}));
  ~Town();

  // --- devices
  Device& phone(const std::string& name) { return device(name, "citizen"); }
  Device& desk(const std::string& name);  // joined by an invitation of the founding device
  Device& device(const std::string& name, const std::string& app);

  // --- the school: founded, published, with two classes: 3年1組 (佐倉 みお, 阿部 れん) and 1年2組 (佐倉
  // そら)
  void found_school();
  // The board of education: an office of its own, in the directory from now on; and a desk of it.
  Device& board_desk(const std::string& name);
  // A tablet of the town's shelter office, which the first one founds; whom passes are sealed to.
  Device& shelter_desk(const std::string& name);
  mail::Recipient shelter_office() const;
  // A desk of the town's protection mailbox, of its desk of plans, or of a group of supporters, by the kind
  // of the office ("protection", "support", "helpers"), which the first one founds.
  Device& care_desk(const std::string& name, const std::string& kind);
  // A desk of the town's notices; the hall has to listen (hall_listens), for it is the press too.
  Device& notice_desk(const std::string& name) { return care_desk(name, "notice"); }
  // What `machi notice serve` does at one look: puts what was approved into the feed. How many items.
  int press();
  // The press tells the desks of notices what was used how often.
  void tell_sums(const notice::Sums& sums);
  static constexpr std::string_view kChannels = "https://news.example";
  // By the editor's key, past every desk.
  // A file of the feed, and what every phone has beside the notices.
  mail::Hash put_blob(Bytes bytes);
  void publish_booklet(std::string_view name, Bytes bytes);
  std::uint64_t publish_notice(notice::NoticeHeader header, notice::NoticeBody body);
  hub::MemoryFeed& feed() { return feed_; }
  base::Entropy& entropy() { return entropy_; }
  // Another one, 北中学校 with 佐倉 りく in 1年3組: from now on slips and desks are this one's.
  void found_second_school();
  // Before founding: the founding device reads the school's mail too, and can write to whoever applied.
  void hall_listens() { hall_listens_ = true; }
  void school_writes(std::string_view kind, const code::Cbor& content);
  const mail::MailboxId& school() const { return school_; }
  const std::vector<absence::Roll>& rolls() const { return rolls_; }
  const absence::PupilRecord& pupil(std::string_view name) const;
  // Issued: the desks know it, the hub has its record.
  PrintedSlip slip(std::string_view pupil, std::int64_t good_seconds = 14 * 86400);
  // Like a slip, but not this town's: another town, another key, another date.
  PrintedSlip foreign_slip(mail::TownId town, std::uint8_t key, Instant expires);
  mail::Client& hall() { return *hall_; }
  // The school's paper key, admitted by the hall: printed, and in a safe.
  mail::PaperKey paper_key(std::uint64_t seed);

  // --- time and network
  Instant now() const { return now_; }
  std::string pack() const;
  const mail::TownId& id() const { return town_.id; }
  // Its shelters read household passes: their office's key is in the pack.
  void has_shelter(bool yes) { has_shelter_ = yes; }
  static crypto::SealKey shelter_key() { return crypto::seal_key(crypto::Secret<32>(base::Array<32>{0x5E})); }
  void run_for(std::int64_t ms);
  bool run_until(const std::function<bool()>& done, std::int64_t at_most_ms = 60'000);
  void at(Instant when, std::function<void()> what) { queue_.push({when, order_++, std::move(what)}); }
  void hub_away(bool away);
  // What `machi hub backup` and `machi hub restore` do to the hub's mail: a copy of this moment, and later an
  // older disk in a new incarnation. The feed is a folder of its own and stays.
  void take_backup();
  void restore_backup();
  void crash_hub();                               // a new process over the same disk
  void hub_full(bool full) { hub_full_ = full; }  // it takes no post: its disk has no room
  std::string hub_bytes();                        // everything that the hub stores, as it lies on its disk
  // Runs to a time of this day.
  void run_to(int hour, int minute);
  void skew_hub(std::int64_t ms) { hub_skew_ = ms; }
  static constexpr std::uint8_t kOfficeKey = 13;  // of the first school's slips
  // How often the hub was asked ("POST /v1/blob"); what does not get through to it (true: lost on the way);
  // and a hub that answers what it likes.
  std::map<std::string, int> answered;
  std::function<bool(const hub::Request&)> on_request;
  std::function<void(const hub::Request&, hub::Response&)> on_answer;

  // Public files beside the app, by path ("/rules.machi"), and how often any was asked for.
  std::map<std::string, Bytes> site;
  int site_requests = 0;
  // The town's editor gives out these rules, in the file that a phone takes.
  void give_out_rules(const code::Cbor& pack);

  std::vector<std::string> log;
  int requests = 0;  // that reached the hub

 private:
  friend class Device;
  struct Happening {
    Instant when;
    std::uint64_t order;
    std::function<void()> what;
    bool operator<(const Happening& other) const {
      return when != other.when ? when > other.when : order > other.order;
    }
  };
  struct OpenStream {
    Device* device;
    std::int64_t life;
    std::int64_t request;
    hub::StreamCursor cursor;
  };
  void carry(Device& device, app::Http http, Bytes body);
  void answer(Device& device, std::int64_t life, std::int64_t request, int status, Bytes body,
              std::int64_t after_ms);
  hub::Response handle(hub::Request request);
  void feed_streams();
  void say_idle();  // every 20 seconds, as the hub does
  void drop_streams(const Device* device);
  void pump_hall();
  Device& invited(const std::string& name, const mail::MailboxId& office);
  void found(std::string name, std::string telephone, std::vector<absence::Roll> rolls);
  void feed_hall();
  void publish();
  void open_hub(const std::string& path, bool new_incarnation);
  void close_hub();

  Instant now_;
  std::uint64_t order_ = 0;
  std::priority_queue<Happening> queue_;
  std::string folder_;
  std::string disk_;  // of the hub
  int disks_ = 0;
  mail::Town town_;
  hub::MemoryFeed feed_;
  crypto::Drbg entropy_;
  std::unique_ptr<hub::SqliteMessageStore> store_;
  std::unique_ptr<hub::PostOffice> office_;
  std::vector<OpenStream> streams_;
  std::vector<std::unique_ptr<Device>> devices_;
  std::unique_ptr<store::Database> hall_database_;
  std::unique_ptr<mail::Client> hall_;
  bool hall_listens_ = false;
  std::map<std::int64_t, hub::StreamCursor> hall_streams_;  // open calls
  std::vector<mail::Recipient> applicants_;
  mail::MailboxId school_;
  mail::MailboxId shelters_;
  std::map<std::string, mail::MailboxId> care_;  // by kind
  std::string school_name_;
  std::vector<absence::Roll> rolls_;
  std::vector<absence::IssuedSlip> slips_;
  std::vector<Bytes> items_;
  std::unique_ptr<notice::DraftBook> drafts_;
  std::uint64_t serial_ = 0;
  std::uint8_t pen_ = kOfficeKey - 1;
  std::int64_t hub_skew_ = 0;
  bool hub_away_ = false;
  bool has_shelter_ = false;
  bool hub_full_ = false;
};

}  // namespace machi::journeys
