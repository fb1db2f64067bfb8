// A page of the shelter's desk: one file each, with what it shows and what its presses mean; pages.cc lists
// them. Node ids say what they are about ("stay.<stay>", "need.infant"). Functions over the book; one thread.
#pragma once

#include <set>
#include <span>

#include "core/household/pass.h"
#include "core/screen/builder.h"
#include "core/screen/paper.h"
#include "core/shelter/desk/shelter_desk.h"
#include "core/shelter/open_data.h"
#include "core/words/words.h"

namespace machi::shelter {

enum class PageId {
  Reception,
  Household,
  WalkIn,
  List,
  Stay,
  NeedsList,
  Shift,
  Exchange,
  Headquarters,
  Place,
  Roster,
  Poster,
  Self,
  Answer,
  Safety,
  Choose,
  Alias
};

// The four fields, and the rest for later.
struct WalkInDraft {
  std::string name, kana, age, telephone, address, card;
  std::optional<Sex> sex;
  Needs needs;
  HouseholdId household;  // of the people who came with them; zero: the first
  bool tried = false;     // errors are shown
};

// Another name at the shelter: a form of its own (alias_page.cc).
struct AliasDraft {
  struct One {
    std::string alias, age, birth;  // as typed
    Person person;                  // who it is
  };
  std::vector<One> people;
  bool of_pass = false;  // a household's; else somebody who has no code
  bool tried = false;
};

// What the tablet at the door said last.
struct SelfReception {
  int people = 0;       // taken in
  bool again = false;   // they were in already
  std::string trouble;  // key of the words
};

// What a relative asks, and what they are told.
struct Question {
  std::string name, birth, answer;
  bool tried = false;
};

// Where the person at the desk is.
struct DeskPlace {
  PageId page = PageId::Reception;
  std::string notice;                             // a sentence, ready to be shown, until the next press
  bool warns = false;                             // it tells of what did not work
  std::optional<household::PassReading> scanned;  // what the scanner read last
  std::set<PersonId> absent;                      // not ticked
  Manner manner = Manner::Inside;
  std::string room;
  WalkInDraft draft;
  AliasDraft alias;
  std::string words;          // looked for
  std::string only = "here";  // of the list: here, said, doubt, left
  std::size_t shown = 50;     // rows
  std::optional<household::Need> need;
  StayId stay;
  ShelterId shelter;     // at headquarters
  bool map = false;      // headquarters' shelters on a plan instead of in a table
  bool no_spot = false;  // what was typed as a place is none
  std::string asking;
  SelfReception self;
  Question question;
  std::optional<OpenList> list;  // of open data, before it is taken over
};

struct DeskView {
  const ShelterDesk& desk;
  const words::Words& words;
  const DeskPlace& place;
  Instant now;
  std::string office;  // its name
  bool connected = false;
  std::optional<Instant> contact;  // when the hub last answered
  int waiting = 0;                 // messages that the hub does not have
  bool drawing = false;            // a PDF is being made
  bool lockable = false;
  std::vector<ShelterLine> shelters = {};
  std::function<std::string(const ShelterLine&)> poster = {};        // its link; "" without a key
  std::function<Result<std::string>(std::string_view)> symbol = {};  // the modules of a text
  const ShelterLine* here() const;                                   // where this tablet stands
  const ShelterLine* find(const ShelterId& id) const;
  const StayBook& book() const { return desk.book(); }
};

struct FileToGive {
  std::string name, media_type;
  base::Bytes bytes;
};
// What a press asks of the app.
struct DeskAsk {
  bool print = false;
  bool lock = false;
  bool settings = false;  // the pages that every desk has: language, lock, devices
  bool exchange = false;  // the sealed file for another tablet
  std::optional<FileToGive> save;
  std::optional<std::pair<std::string, screen::Paper>> paper;
};

struct Turn {
  ShelterDesk& desk;
  DeskPlace& place;
  const DeskView& view;
  DeskAsk& ask;
  bool asked = false;                 // "<asking>.yes": the second press
  const std::string* text = nullptr;  // of the file that was chosen, in UTF-8; with the action "open"
  std::function<household::PassReading(std::string_view)> read_pass = {};
  std::function<Result<int>(std::string_view)> take_exchange =
      {};  // how many facts were new; text in base64url
};

struct Page {
  PageId page;
  std::string_view
      tab;  // "page.<tab>" in the rail, named desk.shelter.page.<tab>; "" = reached from elsewhere
  screen::Icon icon;
  PageId back;
  screen::Screen (*view)(const DeskView& view);
  Result<bool> (*act)(Turn& turn, const screen::Action& action);  // false: not this page's
};
std::span<const Page* const> pages_of(const DeskView& view);
extern const Page kReceptionPage, kHouseholdPage, kWalkInPage, kListPage, kStayPage, kNeedsPage, kShiftPage,
    kExchangePage, kHeadquartersPage, kPlacePage, kRosterPage, kChoosePage, kPosterPage, kSelfPage,
    kAnswerPage, kSafetyPage, kAliasPage;

screen::Screen frame(const DeskView& view, std::string name, std::string title);

// --- words that more than one page shows
std::string age_text(const DeskView& view, const Person& person);         // 41歳, 2か月, ""
std::string needs_text(const words::Words& words, const Person& person);  // 透析、卵アレルギー
std::string shown_name(const Person& person);
// Of a pass, with what the family's record tells besides when it has come by mail.
Person person_of(const ShelterDesk& desk, const household::Pass& pass, const household::PassMember& member);
std::string manner_word(const words::Words& words, Manner manner);
screen::Node stay_row(const DeskView& view, const StayLine& line, bool with_shelter);
screen::Node manner_choice(const DeskView& view, std::string id, Manner chosen);
std::optional<screen::Node> room_choice(const DeskView& view, const ShelterLine* shelter, std::string id,
                                        const std::string& chosen);
screen::Node needs_choice(const words::Words& words, std::string id, Needs chosen);
Needs needs_of(const std::vector<std::string>& values);
// The way to the form for another name: where the town has a mailbox for it.
std::optional<screen::Node> alias_button(const DeskView& view);
void begin_alias(Turn& turn, std::vector<Person> of_pass);
screen::Node second_press(std::string id, std::string question, std::string yes);

inline std::optional<std::string_view> subject(const screen::Action& action, std::string_view verb) {
  std::string_view node = action.node;
  if (!node.starts_with(verb) || node.size() <= verb.size() || node[verb.size()] != '.') return std::nullopt;
  return node.substr(verb.size() + 1);
}

// When a shelter was last heard from; an open one that said nothing for ten minutes is stale
// (headquarters.cc).
bool is_stale(const DeskView& view, const ShelterLine& one);
std::string heard_text(const DeskView& view, const ShelterLine& one);  // 12分前, 9:40
std::string stale_text(const DeskView& view, const ShelterLine& one);

// --- what goes out (outputs.cc): of one shelter, everybody who is there; on paper those whose relatives may
// be told
Result<FileToGive> roster_csv(const DeskView& view, const ShelterId& shelter);
Result<screen::Paper> roster_paper(const DeskView& view, const ShelterId& shelter);

}  // namespace machi::shelter
