// Statuses of the error table (PROTOCOL.md, HTTP). Pure; any thread.
#include "platform/hub/request.h"

#include "core/mail/post_forms.h"

namespace machi::hub {
namespace {

int status_of(base::Code code) {
  using base::Code;
  switch (code) {
    case Code::BadInput:
    case Code::Unsupported:
    case Code::Missing:
    case Code::NotSchoolDay:
    case Code::DateOutOfRange:
      return 400;
    case Code::UnknownKey:
    case Code::BadSignature:
    case Code::WrongPurpose:
    case Code::Expired:
      return 401;
    case Code::NotAllowed:
    case Code::HeadNeeded:
    case Code::WrongTown:
    case Code::UsedUp:
    case Code::Revoked:
      return 403;
    case Code::NotFound:
      return 404;
    case Code::Conflict:
      return 409;
    case Code::TooLarge:
      return 413;
    case Code::TooMany:
      return 429;
    case Code::Unreachable:
    case Code::Storage:
    case Code::StorageFull:
      return 503;
  }
  return 400;
}

}  // namespace

Response refusal(base::Code code, std::uint32_t retry_after, int puzzle) {
  Response response;
  response.status = status_of(code);
  response.body = mail::encode_error({code, retry_after, 0, {}, puzzle});
  if (retry_after != 0) response.headers.push_back({"Retry-After", std::to_string(retry_after)});
  return response;
}

Response cbor_response(Bytes body) {
  Response response;
  response.body = std::move(body);
  return response;
}

}  // namespace machi::hub
