// What the desk's screens are drawn from: where the person is (DeskPlace), and what stands outside of the
// school's tables (DeskScene). And what several screens share. Values; they read tables and change nothing;
// one thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>

#include "core/absence/desk/drafts.h"
#include "core/absence/desk/post.h"
#include "core/absence/desk/school.h"
#include "core/absence/desk/sheets/sums.h"
#include "core/screen/builder.h"
#include "core/words/words.h"

namespace machi::absence {

enum class DeskPage {
  Today,
  RollCall,
  Entry,
  Search,
  Messages,
  Thread,
  Who,
  Lock,
  Attendance,
  Record,
  Board,
  Applications,
  Slips,
  Pupil,
  Devices,
  Language,
  List,
  Sheets,
  Guardian,
  Picture,
  Suspension,
  Rescue
};

// The photo that a person looks at: fetched when it is asked for, and nowhere kept.
struct PhotoView {
  std::string name;  // in hex: what it stands under in the PhotoBook
  PupilId pupil;
  Instant written;
  DeskPage from = DeskPage::Today;
};
struct PhotoShown {
  mail::Hash hash{};
  base::Bytes bytes;                  // none yet
  std::optional<base::Code> trouble;  // it could not be had, or is no picture
};

struct ListDraft;  // core/absence/desk/list.h

struct DeskPlace {
  DeskPage page = DeskPage::Today;
  int grade = -1;           // -1: the whole school
  std::optional<Date> day;  // nothing: today, or the next school day
  std::string kind;         // the day's list shows only these: a short name of words_of.h; "" = all
  ClassId only;             // and only this class; zero = all
  bool unread = false;      // and only what nobody confirmed yet
  bool closing = false;     // asked whether the day shall be closed
  RollDraft roll;           // roll call
  EntryDraft entry;         // by telephone
  SuspensionDraft suspension;
  std::string find;                          // search
  PupilId thread;                            // messages with the family of this pupil
  std::map<std::string, std::string> texts;  // drafts, by the guardian's phone
  std::string pin;                           // typed and not yet set; wiped with the press
  int pins = 0;                              // how often it was set: the field is empty again
  ClassId class_id;                          // slips
  PupilId pupil;                             // pupil
  std::optional<Date> month;                 // attendance: its first day; nothing: this month
  std::optional<Date> record_day;            // record and board; nothing: today
  std::string notice;                        // key of a sentence to show once, "" = none
  std::string guest_code;                    // devices: of whom shall be let in, as typed or read
  Instant guest_to;                          // and until when; zero = not chosen
  bool guest_some = false;                   // not the whole school, but
  std::set<ClassId> guest_only;              // these classes
  std::string asking;        // what was pressed and waits for a second press: "part.told", "remove.<key>"
  crypto::SignPublic phone;  // guardian
  mail::MailboxId leave_to;  // pupil: the school that it goes to; zero = elsewhere
  std::string slip_kind;     // pupil: whom a new slip is for: "", "apart", "delegate"
  Date slip_until;           // a delegate's last day; zero = not chosen
  std::optional<PhotoView> photo;
  std::shared_ptr<const ListDraft> list;  // a class list that was read and not taken over
};

// Modules of a QR symbol, row by row, '1' dark. A host that cannot write symbols has none.
using SymbolWriter = std::function<Result<std::string>(std::string_view text)>;

struct BoardSchool {
  mail::MailboxId id;
  std::string name;
  bool spare = false;  // this device of the board may let a new one in there
};

// A device that came in by the paper key or by the board (recovery.h).
enum class CameBy;
struct CameLine {
  std::string id;
  std::string office;  // its name
  CameBy by;
  Instant at;
  bool seen = false;
};

// The board's invitation for a school, while it is shown.
struct Rescue {
  std::string link;
  std::string school;
  Instant to;
};

struct DeskDevice {
  crypto::SignPublic key;  // posting key at the school
  bool own = false;
  bool invited = false;               // an invitation that nobody has used
  std::optional<Instant> until = {};  // a guest's
};

struct DeskScene {
  const SchoolDesk& school;
  const words::Words& words;
  DeskPlace place;
  Instant now;
  std::string school_name;
  bool connected = false;
  std::optional<Instant> contact;   // when the hub last answered
  int waiting = 0;                  // what this desk wrote and the hub has not
  int desks = 0;                    // devices that read the school's mail
  std::vector<DeskDevice> devices;  // and which these are
  std::string invitation;           // link for a new device, while it is shown
  Instant invitation_to;
  std::map<mail::SlipCode, std::string> slip_links;  // slips that were fetched to be shown
  Instant started;                                   // when this desk was switched on
  const SymbolWriter* symbol = nullptr;
  bool drawing = false;                     // a PDF is being made
  const BoardBook* board = nullptr;         // this desk is the board's: no school's
  std::vector<BoardSchool> schools = {};    // of the directory, by name
  std::optional<Instant> away = {};         // was not connected since; shown until a person has seen it
  bool catching_up = false;                 // what came in the meantime is still coming
  int caught = 0;                           // messages that came since
  std::optional<Instant> guest_until = {};  // this device is a guest's
  std::vector<std::pair<mail::Recipient, std::string>> other_schools = {};  // the town's other schools
  const PhotoShown* photo = nullptr;
  bool plain = false;  // an office without a school's lists: devices, lock and language alone
  std::vector<CameLine> came = {};
  Rescue rescue = {};
  std::string site = {};  // origin of the citizens' app: where a slip's link leads

  // school.day, asked once for each day of a scene: a scene is one drawing.
  const std::vector<DayLine>& lines(Date day) const;
  mutable std::map<Date, std::shared_ptr<const std::vector<DayLine>>> lines_ = {};
};

// Today when the school is open, else the next school day.
Date day_of(const DeskScene& scene);

// Before the desk has a school. `joining`: what the mail says; `bad_link`: what was read was no invitation;
// `waits`: why it is not in yet.
screen::Screen join_screen(const words::Words& words, mail::Client::Joining joining,
                           const std::string& school_name, bool bad_link, std::optional<base::Code> waits);

// --- a guest's device (guest_page.cc)
struct GuestScene {
  const words::Words& words;
  std::vector<BoardSchool> schools;  // of the directory, by name
  mail::MailboxId asked;             // the one that was asked; zero = none yet
  std::string code;                  // how the other desk knows this device: "3F7K-20AB"
  const SymbolWriter* symbol = nullptr;
};
screen::Screen guest_screen(const GuestScene& scene);
// Its time is over, or it was taken off: what it knew was erased.
screen::Screen guest_over_screen(const words::Words& words);
// When it may end, the last first choice; then the group on the page of a desk that lets one in.
std::vector<Instant> guest_ends(Instant now);
screen::Node guest_group(const DeskScene& scene);

// --- shared by the screens
// Print, CSV, PDF.
screen::Node outputs_group(const DeskScene& scene);
// Numbers by class or school. `of`: key of the first column's name.
struct CountsLine {
  std::string id;
  std::string name;
  Counts counts;
};
screen::Node counts_table(const words::Words& words, std::string id, std::string name, std::string_view of,
                          const std::vector<CountsLine>& lines);
screen::Screen desk_frame(const DeskScene& scene, std::string name, std::string title);
// 佐倉 みお, as the language writes names.
std::string pupil_name(const words::Words& words, const Pupil& pupil);
// What a report says in a table: kind as a badge, cause, note.
screen::Node kind_cell(const words::Words& words, std::string id, const Report& report);
screen::Node cause_cell(const words::Words& words, std::string id, const Report& report);
// 電話, 連絡帳, 窓口.
std::string channel_word(const words::Words& words, Channel channel);
// Applications that a person has to decide.
int applications_waiting(const DeskScene& scene);
bool waits_for_a_person(const DeskScene& scene, const Applicant& applicant);
// A symbol with its caption, or nothing when this host cannot write one.
std::optional<screen::Node> symbol_node(const DeskScene& scene, std::string id, std::string name,
                                        const std::string& text);

}  // namespace machi::absence
