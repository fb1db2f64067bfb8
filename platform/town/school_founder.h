// SchoolFounder: the device that founds a school's office (or the board's) and stays its first admin - rolls,
// slips and invitations come from here. Its state is DIR/school/founder.db (DIR/board/founder.db). It talks
// to the hub's database directly while the hub does not run, else over HTTP. One thread. Storage, or Conflict
// when the hub holds its lock and no address of it was given.
#pragma once

#include <memory>

#include "core/absence/desk/post.h"
#include "core/absence/desk/school.h"
#include "core/notice/office/draft_book.h"
#include "platform/host/file.h"
#include "platform/hub/post_office.h"
#include "platform/hub/sqlite_message_store.h"
#include "platform/town/network.h"
#include "platform/town/town_folder.h"

namespace machi::town {

struct SchoolPlan {
  std::string kind = "school";  // as the directory calls it; "board", "shelter", "protection", "support",
                                // "helpers": without classes
  std::string name;             // 東小学校
  std::string telephone;        // as printed
  std::optional<base::TimeOfDay> please_call;
  std::optional<base::TimeOfDay> starts;
  std::vector<absence::Roll> classes;
};

class SchoolFounder {
 public:
  // `name`: folder of the office's device in the town's folder. `hub`: origin of the hub, asked when it runs;
  // without one that is a Conflict.
  static base::Result<std::unique_ptr<SchoolFounder>> open(const TownFolder& town, base::Entropy& entropy,
                                                           base::Instant now,
                                                           std::string_view name = "school",
                                                           const std::string& hub = {});

  // Founds the office, puts it into the directory and writes its roll, once; later calls change nothing.
  base::Status found(const SchoolPlan& plan, base::Instant now);
  // An office is born with two spare members, the board and a paper key. The paper key is here until somebody
  // has typed or scanned back what was printed; NotFound afterwards.
  base::Result<mail::PaperKey> paper_key() const;
  // BadInput for another text than the printed one's.
  base::Status confirm_paper(std::string_view text);
  bool is_set_up() const { return desk_->setting("paper") == "confirmed"; }
  const mail::AccessLog& access() const { return *client_->access(school()); }
  const mail::MailboxId& school() const { return post_->school(); }
  // The newest epoch's key: of a shelter office, what household passes are sealed to.
  base::Result<app::ShelterKey> pass_key() const;
  const absence::RollBook& roll() const { return desk_->roll(); }

  // The newest slip of a pupil that is good until `to` at least and has a phone left; issues slips for all
  // pupils of the roll that have none such.
  base::Status issue_slips(base::Instant good_until, base::Instant expires, base::Instant now);
  base::Result<absence::IssuedSlip> slip_of(const absence::PupilId& pupil) const;
  // The signed slip, as it is printed.
  base::Result<base::Bytes> signed_slip(const absence::IssuedSlip& slip) const;

  // --- for a school's lists and lost devices (machi office)
  absence::RollPlan plan(const absence::ClassList& list, absence::ListScope scope) const {
    return desk_->plan(list, scope);
  }
  base::Status take_over(const absence::RollPlan& plan, base::Instant now);
  struct Device {
    crypto::SignPublic key;  // posting key at the school
    absence::DeskName known;
    bool own = false;  // the founding device itself
  };
  std::vector<Device> devices(base::Instant now) const;
  // The newest epoch that a device could ever read, also one that was removed; nothing for another key.
  std::optional<std::uint64_t> last_epoch_of(const crypto::SignPublic& device) const {
    return client_->last_epoch_of(school(), device);
  }
  const absence::SchoolDesk& desk() const { return *desk_; }

  // --- for the town's press (notice_press.h): what the desks of an office of notices have written
  notice::DraftBook& drafts() { return *drafts_; }
  // What has come since.
  base::Status look(base::Instant now);
  // To the office itself, and sent before it returns.
  base::Status tell(std::string_view kind, code::Cbor content, base::Instant now);

  // An invitation for a desk that nobody has used yet: the one of before while it holds, else a new one.
  base::Result<absence::Invitation> invitation(base::Instant good_until, base::Instant to, base::Instant now);

 private:
  SchoolFounder(const TownFolder& town, base::Entropy& entropy) : town_(town), entropy_(entropy) {}
  base::Status be_hub(host::FileLock lock, base::Instant now);
  base::Status settle(base::Instant now);
  base::Status give_pen(mail::Office office, base::Instant now);
  base::Status renew_pen(base::Instant now);
  base::Status admit_spares(base::Instant now);
  base::Status note(std::string_view kind, code::Cbor content, base::Instant now);
  bool usable(const absence::IssuedSlip& slip, base::Instant good_until) const;

  const TownFolder& town_;
  base::Entropy& entropy_;
  std::optional<host::FileLock> lock_;
  std::unique_ptr<hub::SqliteMessageStore> store_;
  std::unique_ptr<hub::FolderFeed> feed_;
  std::unique_ptr<hub::PostOffice> office_;
  std::unique_ptr<Network> network_;
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<mail::Client> client_;
  std::unique_ptr<absence::MailSchoolPost> post_;
  std::unique_ptr<absence::SchoolDesk> desk_;
  std::unique_ptr<notice::DraftBook> drafts_;
};

}  // namespace machi::town
