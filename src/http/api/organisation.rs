//! The organisation.

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{SecondFactorRule, WrittenCalendar},
    http::{
        Problem, Site,
        etag::{ETag, IfMatch},
        input,
    },
    model::Organisation,
    usecase::{Call, Error, admin},
};

/// All routes of the organisation.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(organisation, change_organisation))
}

/// The organisation.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"name": "Hill Country Academy of Family Medicine", "short": "HCAFM", "time_zone": "America/Chicago",
    "calendar": {"weekend": ["Saturday", "Sunday"], "holidays": ["12-25 Christmas Day", "fourth Thursday of November Thanksgiving"],
        "meetings": ["committee: first Thursday at 09:00; not in July, December; papers 14 days before"]},
    "look_back_days": 60, "second_factor": "nobody"}))]
struct OrganisationOut {
    /// As certificates print it.
    name: String,
    /// What people call it.
    short: String,
    /// IANA name of its time zone; deadlines and dates are in it.
    time_zone: String,
    /// The days it works and when its committees meet.
    calendar: CalendarOut,
    /// For how many days after the end whoever acted on a submission can still look it up.
    #[schema(maximum = 3650)]
    look_back_days: u16,
    /// Of whom a second factor is required: of `nobody`, or of those with `duties`.
    second_factor: SecondFactorRule,
}

/// A calendar, line by line as the office writes it.
#[derive(Serialize, ToSchema)]
struct CalendarOut {
    /// Days of the week on which nobody works.
    weekend: Vec<String>,
    /// Holidays: `2026-12-24 Closed`, `12-25 Christmas Day`, `fourth Thursday of November Thanksgiving`.
    holidays: Vec<String>,
    /// Meetings by the names that workflows use: `committee: first Thursday at 09:00; not in July; papers 14 days before`.
    meetings: Vec<String>,
}

/// What is to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"time_zone": "America/Chicago"}))]
struct OrganisationIn {
    /// As certificates print it.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// What people call it.
    #[schema(min_length = 1, max_length = 20)]
    short: Option<String>,
    /// IANA name of its time zone.
    time_zone: Option<String>,
    /// Its calendar.
    calendar: Option<CalendarIn>,
    /// For how many days after the end whoever acted on a submission can still look it up: from 0 to 3650.
    #[schema(minimum = 0, maximum = 3650)]
    look_back_days: Option<i64>,
    /// Of whom a second factor is required: of `nobody`, or of those with `duties` (coordinators, auditors, administrators).
    second_factor: Option<SecondFactorRule>,
}

/// Parts of a calendar; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CalendarIn {
    /// Days of the week on which nobody works.
    #[schema(max_items = 300)]
    weekend: Option<Vec<String>>,
    /// Holidays, one a line.
    #[schema(max_items = 300)]
    holidays: Option<Vec<String>>,
    /// Meetings, one a line.
    #[schema(max_items = 300)]
    meetings: Option<Vec<String>>,
}

/// Read the organisation
#[utoipa::path(get, path = "/organisation", tag = "Office",
    responses((status = 200, description = "Yours; `ETag` for a change", body = OrganisationOut, headers(("ETag" = String)))))]
async fn organisation(call: Call) -> Result<(ETag, Json<OrganisationOut>), Problem> {
    let organisation = admin::organisation(&call.context).await?;
    Ok((ETag(admin::organisation_version(&organisation)), Json(OrganisationOut::of(organisation))))
}

/// Change the organisation
///
/// For administrators. Deadlines that are running keep their instant.
#[utoipa::path(patch, path = "/organisation", tag = "Office", request_body = OrganisationIn,
    params(("If-Match" = Option<String>, Header, description = "The `ETag` of what was read")),
    responses((status = 200, description = "As it is now; `ETag` is the new version", body = OrganisationOut, headers(("ETag" = String)))))]
async fn change_organisation(
    call: Call,
    seen: Option<IfMatch>,
    input::Json(body): input::Json<OrganisationIn>,
) -> Result<(ETag, Json<OrganisationOut>), Problem> {
    let before = admin::organisation(&call.context).await?;
    // What is absent stays as it was read here, so a change in between must not be written over.
    let version = seen.and_then(|IfMatch(version)| version).unwrap_or_else(|| admin::organisation_version(&before));
    let after = admin::change(&call, Some(version), &body.over(before)?).await?;
    Ok((ETag(admin::organisation_version(&after)), Json(OrganisationOut::of(after))))
}

impl OrganisationOut {
    fn of(organisation: Organisation) -> Self {
        let Organisation { name, short, time_zone, calendar, look_back, second_factor, .. } = organisation;
        let WrittenCalendar { weekend, holidays, meetings } = calendar;
        let calendar = CalendarOut { weekend, holidays, meetings };
        Self { name, short, time_zone, calendar, look_back_days: look_back.days(), second_factor }
    }
}

impl OrganisationIn {
    fn over(self, before: Organisation) -> Result<Organisation, Error> {
        Ok(Organisation {
            name: self.name.unwrap_or(before.name),
            short: self.short.unwrap_or(before.short),
            time_zone: self.time_zone.unwrap_or(before.time_zone),
            calendar: match self.calendar {
                Some(parts) => parts.over(before.calendar),
                None => before.calendar,
            },
            look_back: match self.look_back_days {
                Some(days) => admin::look_back(Some(days))?,
                None => before.look_back,
            },
            second_factor: self.second_factor.unwrap_or(before.second_factor),
            ..before
        })
    }
}

impl CalendarIn {
    fn over(self, before: WrittenCalendar) -> WrittenCalendar {
        WrittenCalendar {
            weekend: self.weekend.unwrap_or(before.weekend),
            holidays: self.holidays.unwrap_or(before.holidays),
            meetings: self.meetings.unwrap_or(before.meetings),
        }
    }
}
