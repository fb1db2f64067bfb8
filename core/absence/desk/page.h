// A page of the desk: one file each, with what it shows and what its presses mean. pages.cc lists them all; a
// new page is a file, a member of DeskPage and a line there. Node ids say what they are about
// ("confirm.<report>", "grade.3"). Functions over the tables; one thread. Errors are the tables' or BadInput.
#pragma once

#include <span>

#include "core/absence/desk/scene.h"
#include "core/absence/desk/sheets/outputs.h"
#include "core/base/entropy.h"

namespace machi::absence {

// What a press asks of the app; at most one is set.
struct DeskWish {
  std::string language;                 // BCP 47
  std::optional<mail::SlipCode> fetch;  // a slip to be shown
  bool invite = false;                  // an invitation for another desk
  bool hide_invitation = false;
  bool seen_away = false;  // a person knows that this desk was not connected
  bool print = false;
  bool closed = false;         // a day was closed: time for a snapshot
  std::optional<Photo> photo;  // to be fetched and shown
  std::optional<FileToKeep> save;
  std::optional<PaperToKeep> paper;                          // to be drawn and saved
  std::optional<RecordToKeep> record;                        // to be drawn, signed and saved
  bool seen_came = false;                                    // lines of recovery.h
  std::optional<mail::MailboxId> rescue;                     // the board invites a device to this school
  std::optional<crypto::SignPublic> remove;                  // a device of the school
  std::optional<std::pair<mail::GuestAsk, Instant>> let_in;  // a guest's device, until when
  std::set<ClassId> let_in_for;                              // these classes; none: the whole school
  std::optional<std::pair<mail::SlipCode, base::Bytes>> show_slip;  // signed here, to be shown
};

// A file that was chosen: its text in UTF-8, and what it was written in; "" and no text: it cannot be read.
struct OpenedFile {
  std::string encoding;
  std::string text;
};

// What a press may touch.
struct PageTurn {
  SchoolDesk& school;
  DeskPlace& place;
  base::Entropy& entropy;
  const DeskScene& scene;
  DeskWish& wish;
  bool asked = false;                // "<asking>.yes": the second press of what was asked for
  const OpenedFile* file = nullptr;  // with the action "open"
};

struct Page {
  DeskPage page;
  std::string_view tab;  // "page.<tab>" in the rail, named desk.page.<tab>; "" = reached from elsewhere
  screen::Icon icon;
  DeskPage back;  // where "back" leads; its tab is the current one when this page has none
  screen::Screen (*view)(const DeskScene& scene);
  // False: not this page's. Only called while the page is shown.
  Result<bool> (*act)(PageTurn& turn, const screen::Action& action);
  // What waits there, beside the tab; "" = nothing. May be null.
  std::string (*hint)(const DeskScene& scene);
};

// In the order of the rail: a school's, the board's, or a guest's.
std::span<const Page* const> desk_pages(const DeskScene& scene);
const Page& page_of(DeskPage page);
// The page that the place names, where this desk has it.
const Page& shown_page(const DeskScene& scene);

extern const Page kAttendancePage, kRecordPage, kBoardPage, kRescuePage;
extern const Page kTodayPage, kRollCallPage, kEntryPage, kSearchPage, kMessagesPage, kThreadPage, kWhoPage,
    kLockPage, kApplicationsPage, kSlipsPage, kPupilPage, kDevicesPage, kLanguagePage, kListPage, kSheetsPage,
    kGuardianPage, kPhotoPage, kSuspensionPage;

// The telephone entry with this pupil chosen, for the day that the list shows (entry.cc).
void open_entry(PageTurn& turn, const PupilId& pupil);

// The form for 臨時休業, from the day that the list shows (suspension_page.cc).
void open_suspension(PageTurn& turn);
// 3年1組の学級閉鎖, 3年の学年閉鎖, 学校の臨時休業.
std::string suspension_name(const DeskScene& scene, const Suspension& suspension);

// The threads with the guardians of this pupil (messages.cc).
void open_thread(PageTurn& turn, const PupilId& pupil);

// A button that opens the photo of a report or of a family's note, when there is one (photo_page.cc). What a
// press on it does; false: it was another press.
void add_photo_button(const DeskScene& scene, base::ByteView name, screen::Nodes& place);
bool open_photo(PageTurn& turn, const screen::Action& action);
// What came from the hub, as a picture that a browser may be given; BadInput, TooLarge, Unsupported.
Status check_photo(base::ByteView bytes);

// What cannot be undone is asked twice: an alert with one button "<id>.yes", when `id` was pressed before.
screen::Node second_press(std::string id, std::string question, std::string next, std::string yes);

// "confirm.ab12" for the verb "confirm": "ab12"; nothing for another node.
inline std::optional<std::string_view> subject(const screen::Action& action, std::string_view verb) {
  std::string_view node = action.node;
  if (!node.starts_with(verb) || node.size() <= verb.size() || node[verb.size()] != '.') return std::nullopt;
  return node.substr(verb.size() + 1);
}

}  // namespace machi::absence
