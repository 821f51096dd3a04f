// date, time, timetz, timestamp, timestamptz and interval under time.precision.mode and
// interval.handling.mode. The arithmetic is in core/time_text.h and core/interval_text.h.
#include "core/interval_text.h"
#include "core/json_writer.h"
#include "core/time_text.h"
#include "plugin/type_encoder.h"

namespace outflow::plugin {
namespace {

using core::TimePrecisionMode;

void encode_date(core::ByteSink *sink, Datum value, const Codec &codec) {
    core::write_json_date(sink, DatumGetDateADT(value), codec.time_mode);
}
void encode_date_in_array(core::ByteSink *sink, Datum value, const Codec &codec) {
    core::write_json_date_in_array(sink, DatumGetDateADT(value), codec.time_mode);
}
void encode_time(core::ByteSink *sink, Datum value, const Codec &codec) {
    core::write_json_time(sink, DatumGetTimeADT(value), codec.precision, codec.time_mode);
}
void encode_time_in_array(core::ByteSink *sink, Datum value, const Codec &codec) {
    core::write_json_time_in_array(sink, DatumGetTimeADT(value), codec.precision, codec.time_mode);
}
void encode_timetz(core::ByteSink *sink, Datum value, const Codec &) {
    const TimeTzADT *time = DatumGetTimeTzADTP(value);
    core::write_json_timetz(sink, time->time, time->zone);
}
void encode_timetz_in_array(core::ByteSink *sink, Datum value, const Codec &) {
    const TimeTzADT *time = DatumGetTimeTzADTP(value);
    core::write_json_timetz_in_array(sink, time->time, time->zone);
}
void encode_timestamp(core::ByteSink *sink, Datum value, const Codec &codec) {
    if (!core::write_json_timestamp(sink, DatumGetTimestamp(value), codec.precision,
                                    codec.time_mode))
        sink->append(codec.null_text);
}
void encode_timestamp_in_array(core::ByteSink *sink, Datum value, const Codec &codec) {
    if (!core::write_json_timestamp_in_array(sink, DatumGetTimestamp(value), codec.precision,
                                             codec.time_mode))
        sink->append(codec.null_text);
}
void encode_timestamptz(core::ByteSink *sink, Datum value, const Codec &codec) {
    core::write_json_timestamptz(sink, DatumGetTimestampTz(value), codec.precision);
}
void encode_timestamptz_in_array(core::ByteSink *sink, Datum value, const Codec &codec) {
    core::write_json_timestamptz_in_array(sink, DatumGetTimestampTz(value), codec.precision);
}
bool date_spoils_array(Datum element) { return core::spoils_date_array(DatumGetDateADT(element)); }
bool timestamptz_spoils_array(Datum element) {
    return core::spoils_timestamptz_array(DatumGetTimestampTz(element));
}
void encode_interval_micros(core::ByteSink *sink, Datum value, const Codec &) {
    const Interval *interval = DatumGetIntervalP(value);
    core::write_json_interval_micros(sink, interval->month, interval->day, interval->time);
}
void encode_interval_iso(core::ByteSink *sink, Datum value, const Codec &) {
    const Interval *interval = DatumGetIntervalP(value);
    core::write_json_interval_iso(sink, interval->month, interval->day, interval->time);
}

constexpr DateADT kUnixEpochDate = UNIX_EPOCH_JDATE - POSTGRES_EPOCH_JDATE;

void encode_date_header(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_header_date(sink, DatumGetDateADT(value));
}
void encode_time_header(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_header_time(sink, DatumGetTimeADT(value));
}
void encode_timestamp_header(core::ByteSink *sink, Datum value, const Codec &) {
    core::write_header_timestamp(sink, DatumGetTimestamp(value));
}

// Connect's own types are dates in Java. `epoch` is what their zero means.
void set_header(Codec *codec, EncodeFn encode, Datum epoch) {
    if (codec->time_mode != TimePrecisionMode::kConnect) return;
    codec->encode_header = encode;
    codec->header_fallback = json_text([&](core::ByteSink *sink) { encode(sink, epoch, *codec); });
}

// The Connect type and semantic name of one type under one mode.
struct TimeShape {
    std::string_view type;
    std::string_view name;
};

TimeShape date_shape(TimePrecisionMode mode) {
    switch (mode) {
        case TimePrecisionMode::kConnect:
            return {"int32", "org.apache.kafka.connect.data.Date"};
        case TimePrecisionMode::kIsoString:
            return {"string", "io.debezium.time.IsoDate"};
        default:
            return {"int32", "io.debezium.time.Date"};
    }
}

TimeShape time_shape(TimePrecisionMode mode, int precision) {
    switch (mode) {
        case TimePrecisionMode::kAdaptive:
            if (precision <= 3) return {"int32", "io.debezium.time.Time"};
            return {"int64", "io.debezium.time.MicroTime"};
        case TimePrecisionMode::kConnect:
            return {"int32", "org.apache.kafka.connect.data.Time"};
        case TimePrecisionMode::kIsoString:
            return {"string", "io.debezium.time.IsoTime"};
        case TimePrecisionMode::kNanoseconds:
            return {"int64", "io.debezium.time.NanoTime"};
        case TimePrecisionMode::kAdaptiveTimeMicroseconds:
        case TimePrecisionMode::kMicroseconds:
            return {"int64", "io.debezium.time.MicroTime"};
    }
    return {};
}

TimeShape timestamp_shape(TimePrecisionMode mode, int precision) {
    switch (mode) {
        case TimePrecisionMode::kAdaptive:
        case TimePrecisionMode::kAdaptiveTimeMicroseconds:
            if (precision <= 3) return {"int64", "io.debezium.time.Timestamp"};
            return {"int64", "io.debezium.time.MicroTimestamp"};
        case TimePrecisionMode::kConnect:
            return {"int64", "org.apache.kafka.connect.data.Timestamp"};
        case TimePrecisionMode::kIsoString:
            return {"string", "io.debezium.time.IsoTimestamp"};
        case TimePrecisionMode::kNanoseconds:
            return {"int64", "io.debezium.time.NanoTimestamp"};
        case TimePrecisionMode::kMicroseconds:
            return {"int64", "io.debezium.time.MicroTimestamp"};
    }
    return {};
}

void set_shape(Codec *codec, const TimeShape &shape) {
    codec->schema.type = shape.type;
    codec->schema.name = shape.name;
    codec->schema.version = 1;
}

// Epoch of the type as the reference prints it for a missing NOT NULL value.
void set_epoch_fallback(Codec *codec, std::string_view iso_text) {
    codec->fallback = json_text([&](core::ByteSink *sink) {
        if (codec->schema.type == "string")
            core::write_json_string(sink, iso_text);
        else
            core::write_json_int(sink, 0);
    });
}

std::int16_t declared_precision(std::int32_t typmod) {
    return static_cast<std::int16_t>(typmod >= 0 && typmod <= 6 ? typmod : 6);
}

}  // namespace

void make_date_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    codec->encode = request.in_array ? encode_date_in_array : encode_date;
    codec->time_mode = options.time_mode;
    codec->has_default = true;
    set_shape(codec, date_shape(options.time_mode));
    set_header(codec, encode_date_header, DateADTGetDatum(kUnixEpochDate));
    set_epoch_fallback(codec, "1970-01-01Z");
    codec->spoils_array = date_spoils_array;
    if (codec->schema.name == "io.debezium.time.Date")  // to the reference an integer
        codec->unavailable_array = placeholder_bytes_as_numbers(options);
}

void make_time_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    codec->encode = request.in_array ? encode_time_in_array : encode_time;
    codec->time_mode = options.time_mode;
    codec->precision = declared_precision(request.typmod);
    codec->has_default = true;
    set_shape(codec, time_shape(options.time_mode, codec->precision));
    set_header(codec, encode_time_header, TimeADTGetDatum(0));
    set_epoch_fallback(codec, "00:00:00Z");
}

void make_timetz_codec(Codec *codec, const TypeRequest &request, const Options &) {
    codec->encode = request.in_array ? encode_timetz_in_array : encode_timetz;
    set_shape(codec, {"string", "io.debezium.time.ZonedTime"});
    set_epoch_fallback(codec, "00:00:00Z");
}

void make_timestamp_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    codec->encode = request.in_array ? encode_timestamp_in_array : encode_timestamp;
    codec->time_mode = options.time_mode;
    codec->precision = declared_precision(request.typmod);
    codec->has_default = true;
    set_shape(codec, timestamp_shape(options.time_mode, codec->precision));
    set_header(codec, encode_timestamp_header, TimestampGetDatum(kUnixEpochDate * USECS_PER_DAY));
    set_epoch_fallback(codec, "1970-01-01T00:00:00Z");
}

void make_timestamptz_codec(Codec *codec, const TypeRequest &request, const Options &) {
    codec->encode = request.in_array ? encode_timestamptz_in_array : encode_timestamptz;
    codec->spoils_array = timestamptz_spoils_array;
    codec->precision = declared_precision(request.typmod);
    codec->has_default = true;
    set_shape(codec, {"string", "io.debezium.time.ZonedTimestamp"});
    set_epoch_fallback(codec, "1970-01-01T00:00:00Z");
}

void make_interval_codec(Codec *codec, const TypeRequest &request, const Options &options) {
    if (request.in_array) return;
    const bool as_text = options.interval_mode == IntervalMode::kString;
    codec->encode = as_text ? encode_interval_iso : encode_interval_micros;
    codec->has_default = true;
    set_shape(codec, as_text ? TimeShape{"string", "io.debezium.time.Interval"}
                             : TimeShape{"int64", "io.debezium.time.MicroDuration"});
    set_epoch_fallback(codec, "P0Y0M0DT0H0M0S");
}

}  // namespace outflow::plugin
