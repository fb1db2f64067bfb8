// Disaster messages are not typed twice: what lies in a folder as CAP or 気象庁防災情報XML becomes a draft at
// the town's desks of notices, in twelve languages, as grave as the message says; a person presses, and the
// press publishes. What follows of the same event - an update, a cancel, an all-clear - is the next version
// of the same draft, so that it stands in the same place on every phone. An exercise or a test says so in its
// title and is never an emergency. A broken message is kept with the reason and stops nothing. One program at
// a time; one thread. Storage | StorageFull.
#pragma once

#include "core/notice/alert/alert_book.h"
#include "core/notice/office/message.h"
#include "platform/town/school_founder.h"

namespace machi::town {

// assets/alerts/texts.csv: what a danger is called in each language, and what is said around it.
class AlertTexts {
 public:
  // BadInput with the line.
  static Result<AlertTexts> read(std::string_view csv);
  const std::vector<std::string>& languages() const { return languages_; }
  // "" when there is none.
  std::string say(std::string_view what, std::size_t language) const;

 private:
  std::vector<std::string> languages_;
  std::map<std::string, std::vector<std::string>, std::less<>> lines_;
};

// The draft's words and weight; without id and counter. Pure.
notice::Draft draft_of(const notice::Alert& alert, const AlertTexts& texts);

struct AlertRun {
  int drafted = 0, refused = 0, elsewhere = 0;
  std::vector<std::string> reasons;  // of the refused, with the file's name
};

class AlertDesk {
 public:
  // Its database is beside the office's device. `areas`: codes or names of the town's areas; none: every
  // area.
  static Result<AlertDesk> open(const TownFolder& town, std::string_view office,
                                notice::AlertMeanings meanings, AlertTexts texts,
                                std::vector<std::string> areas);
  // Files of the folder that were not taken yet, in the order of their names.
  Result<AlertRun> look(SchoolFounder& office, const std::filesystem::path& folder, Instant now);
  Result<notice::AlertBook::Taken> take(SchoolFounder& office, base::ByteView bytes, Instant now,
                                        AlertRun& run);
  const notice::AlertBook& book() const { return book_; }

 private:
  AlertDesk(std::unique_ptr<store::Database> database, notice::AlertBook book, notice::AlertMeanings meanings,
            AlertTexts texts, std::vector<std::string> areas)
      : database_(std::move(database)),
        book_(std::move(book)),
        meanings_(std::move(meanings)),
        texts_(std::move(texts)),
        areas_(std::move(areas)) {}
  bool concerns_us(const notice::Alert& alert) const;
  Status draft(SchoolFounder& office, const notice::Alert& alert, Instant now, AlertRun& run);

  std::unique_ptr<store::Database> database_;
  notice::AlertBook book_;
  notice::AlertMeanings meanings_;
  AlertTexts texts_;
  std::vector<std::string> areas_;
};

}  // namespace machi::town
