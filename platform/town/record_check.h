// Checking an office's record on disk (core/mail/record.h): one archive as a desk saves it, or a signature
// and the files beside it; and whether the town's directory vouches for the device that signed. Reads files;
// one thread.
#pragma once

#include "core/mail/record.h"
#include "platform/town/town_folder.h"

namespace machi::town {

enum class FileState { Holds, Changed, Missing };

struct RecordCheck {
  mail::OfficeRecord record;
  std::vector<FileState> files;   // as record.files
  std::optional<std::string> of;  // the office's name, where the directory has it and vouches for the device
  bool files_hold() const;
};

// What the town's signed feed says of an office now. NotFound when nothing.
base::Result<mail::Office> office_of(const TownFolder& town, const mail::MailboxId& office,
                                     base::Instant now);
// `town`: may be null; then nobody vouches. Errors: the record cannot be read, or its own signature fails.
base::Result<RecordCheck> check_record(const std::filesystem::path& file, const TownFolder* town,
                                       base::Instant now);

}  // namespace machi::town
