// When all tablets of a school are lost: the paper key lets a new one in, or the board of education does.
// What a device says of how it came, the book of it at every desk and at the board, and the screens. Values
// and functions; the book borrows the desk's database and its transaction; one thread.
#pragma once

#include "core/absence/desk/scene.h"

namespace machi::absence {

inline constexpr std::string_view kKindCame = "absence.came";    // a new device -> its office, and the board
inline constexpr std::string_view kKindSpare = "absence.spare";  // a device of the board -> a school

enum class CameBy {
  Paper = 1,
  Board = 2,
  Asked = 3
};  // Asked: the board's own line, when it made an invitation

code::Cbor encode(CameBy by);
Result<CameBy> decode_came(const code::Cbor& content);

// With these keys a device of the board is a spare member of the school: it may let devices in, and posts
// nothing.
struct SpareKeys {
  crypto::SignPublic key;
  crypto::SealPublic seal;
};
code::Cbor encode(const SpareKeys& keys);
Result<SpareKeys> decode_spare_keys(const code::Cbor& content);

class CameBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit CameBook(store::Database& database) : database_(database) {}

  // Of one device the first line counts.
  Status add(const mail::MailboxId& office, const crypto::SignPublic& key, CameBy by, Instant at);
  Status seen();
  struct Line {
    mail::MailboxId office;
    crypto::SignPublic key;
    CameBy by = CameBy::Paper;
    Instant at;
    bool seen = false;
  };
  std::vector<Line> lines() const;  // the newest first

 private:
  store::Database& database_;
};

// Before the desk has a school. `trouble`: key of a sentence above the scanner, "" = none.
screen::Screen key_screen(const words::Words& words, const std::string& trouble);
// The signs on a sheet name no school.
screen::Screen key_school_screen(const words::Words& words, const std::vector<BoardSchool>& schools);

// --- parts of other screens
// A device has come in so, and nobody here has seen it yet.
std::vector<screen::Node> came_alerts(const DeskScene& scene);
// Every such line, for the list of devices; no node when there is none.
std::vector<screen::Node> came_lines(const DeskScene& scene);

}  // namespace machi::absence
