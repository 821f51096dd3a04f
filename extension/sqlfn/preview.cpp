// outflow.preview(row record, op text, options text[]) → text: the value a row would become.
#include "row_renderer.h"

extern "C" {
PG_FUNCTION_INFO_V1(outflow_preview);
}

namespace {

outflow::core::Operation operation_of(text *letter) {
    const std::string_view word(VARDATA_ANY(letter), VARSIZE_ANY_EXHDR(letter));
    if (word == "c" || word == "u" || word == "d" || word == "r")
        return static_cast<outflow::core::Operation>(word[0]);
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("unknown operation \"%s\"", text_to_cstring(letter)),
            errhint("Use c (create), u (update), d (delete) or r (read)."));
}

}  // namespace

Datum outflow_preview(PG_FUNCTION_ARGS) {
    using namespace outflow;
    HeapTupleHeader row = PG_GETARG_HEAPTUPLEHEADER(0);
    const core::Operation operation = operation_of(PG_GETARG_TEXT_PP(1));
    const bool is_read = operation == core::Operation::kRead;
    sqlfn::RowRenderer *renderer =
        sqlfn::renderer_of(fcinfo, row, PG_GETARG_ARRAYTYPE_P(2), is_read ? "true" : "false");
    renderer->render(row, operation);
    if (renderer->writer.sink()->size == 0) PG_RETURN_NULL();  // a shape without a record for it
    const std::string_view value = renderer->writer.last_value();
    PG_RETURN_TEXT_P(cstring_to_text_with_len(value.data(), static_cast<int>(value.size())));
}
