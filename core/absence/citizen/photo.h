// The field for a photo of a paper, in a report and in a note to the school: taken or chosen, looked at,
// replaced, taken out. The picture lies in the draft's table until it is sent, so that a restart loses
// nothing. Owned by a screen of the citizen app; one thread.
#pragma once

#include "core/absence/citizen/context.h"
#include "core/absence/photo_book.h"

namespace machi::absence {

// What the host made of a picture that was chosen: a JPEG, or a word of core/app/event.h for why there is
// none.
struct ChosenPhoto {
  std::string why;
  base::Bytes bytes;
};

class PhotoField {
 public:
  // Begins with what the draft has.
  void open(const CitizenContext& context, const std::string& draft_key);
  // Begins with the photo of the version that is changed.
  Status keep(const CitizenContext& context, const std::string& draft_key, const std::optional<Photo>& photo);
  // The picture takes the place of the one before; one that is none leaves it, and says why. Storage |
  // StorageFull.
  Status take(const CitizenContext& context, const std::string& draft_key, const ChosenPhoto& chosen);
  Status remove(const CitizenContext& context, const std::string& draft_key);

  bool empty() const { return name_.empty(); }
  const std::string& name() const { return name_; }
  screen::Node node(const words::Words& words, std::string version) const;

 private:
  std::string name_;   // of the picture; "" = none
  std::string error_;  // key of a sentence
};

// Sends a message with the picture of this name: a draft's, or the one before; "" = none. Writes down that it
// went with it. Inside the caller's transaction.
Result<MessageId> send_with_photo(const CitizenContext& context, const MailboxId& office,
                                  std::string_view kind, code::Cbor content, const std::string& name);
// The same with the photo of an earlier message, if it had one.
Result<MessageId> send_on(const CitizenContext& context, const MailboxId& office, std::string_view kind,
                          code::Cbor content, const std::optional<Photo>& photo,
                          std::vector<mail::Enclosure> enclosures = {});
// The photo that went with a message, to look at; nothing when there was none.
std::optional<screen::Node> sent_photo(const CitizenContext& context, const MessageId& message);
// The bytes behind a photo node of the phone.
base::Bytes picture_of(store::Database& database, const mail::Client& mail, const std::string& name);

}  // namespace machi::absence
