//! People: who they are, what they may do and how they sign in.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Statement,
    sea_query::{Expr, LockType, OnConflict},
};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx,
    bounded::{FEW, asked},
    column,
    entity::person as table,
    page, word,
};
use crate::{
    domain::{Duty, Email, PersonId, Standing, folded, sought},
    model::{Page, Person},
};

impl ReadTx {
    /// Active people who have one of these duties, by name.
    pub async fn on_duty(&self, duties: &[Duty]) -> Result<Vec<Person>, Error> {
        let query = table::Entity::find()
            .filter(table::Column::Standing.eq(column::to_word(Standing::Active)))
            .filter(has_duties())
            .order_by_asc(table::Column::NameKey)
            .order_by_asc(table::Column::Id);
        let people: Vec<Person> = query.all(&self.tx).await?.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(people.into_iter().filter(|person| duties.iter().any(|duty| person.duties.contains(duty))).collect())
    }

    /// Administrators, also those who were invited or are suspended.
    pub async fn administrators(&self) -> Result<Vec<Person>, Error> {
        let query = table::Entity::find().filter(has_duties()).order_by_asc(table::Column::Id);
        let people: Vec<Person> = query.all(&self.tx).await?.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(people.into_iter().filter(|person| person.duties.contains(&Duty::Administrator)).collect())
    }

    /// How many active administrators there are beside one.
    pub async fn administrators_beside(&self, person: PersonId) -> Result<usize, Error> {
        let query = table::Entity::find()
            .filter(table::Column::Standing.eq(column::to_word(Standing::Active)))
            .filter(has_duties())
            .filter(table::Column::Id.ne(person.0));
        let people: Vec<Person> = query.all(&self.tx).await?.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(people.iter().filter(|person| person.duties.contains(&Duty::Administrator)).count())
    }

    /// A person.
    pub async fn person(&self, id: PersonId) -> Result<Option<Person>, Error> {
        table::Entity::find_by_id(id.0).one(&self.tx).await?.map(read).transpose()
    }

    /// The person with an address.
    pub async fn person_by_email(&self, email: &Email) -> Result<Option<Person>, Error> {
        let found = table::Entity::find().filter(table::Column::Email.eq(email.as_str())).one(&self.tx).await?;
        found.map(read).transpose()
    }

    /// Those of a list, in no particular order.
    pub async fn persons(&self, ids: &BTreeSet<PersonId>) -> Result<Vec<Person>, Error> {
        let found = table::Entity::find().filter(table::Column::Id.is_in(ids.iter().map(|id| id.0)));
        found.all(&self.tx).await?.into_iter().map(read).collect()
    }

    /// A page of people by name; each word of `search` begins one of name or address, empty for all.
    pub async fn people(&self, search: &str, cursor: Option<&str>, limit: u16) -> Result<Page<Person>, Error> {
        let sought = if search.trim().is_empty() { None } else { Some(sought(search)) };
        let mut besides = Condition::all();
        let key = page::key::<(String, Uuid)>(cursor)?.map(|(name, id)| {
            let columns = [Expr::col(table::Column::NameKey), Expr::col(table::Column::Id)];
            page::after(columns, [Expr::value(name), Expr::value(id)])
        });
        let mut few = None;
        for beginning in sought.iter().flatten() {
            besides = besides.add(word::OF_PEOPLE.has((table::Entity, table::Column::Id), beginning));
            if few.is_none() && self.are_few(word::OF_PEOPLE.owners(beginning), FEW).await? {
                few = Some(table::Column::Id.in_subquery(word::OF_PEOPLE.owners(beginning)));
            }
        }
        if sought.is_some_and(|sought| sought.is_empty()) {
            return Ok(Page { rows: Vec::new(), next: None });
        }
        let query = match few {
            Some(few) => table::Entity::find().filter(few).filter(asked(besides.add_option(key))),
            None => table::Entity::find().filter(asked(besides)).filter(Condition::all().add_option(key)),
        };
        let query = query.order_by_asc(table::Column::NameKey).order_by_asc(table::Column::Id);
        let rows = query.limit(u64::from(limit) + 1).all(&self.tx).await?;
        Page::cut(rows, limit, |row| (row.name_key.clone(), row.id))?.try_map(read)
    }

    /// The person with this address, with the password hash where one is set.
    pub async fn signing_in(&self, email: &Email) -> Result<Option<(Person, Option<String>)>, Error> {
        let found = table::Entity::find().filter(table::Column::Email.eq(email.as_str())).one(&self.tx).await?;
        let whole = |mut row: table::Model| {
            let password = row.password.take();
            Ok((read(row)?, password))
        };
        found.map(whole).transpose()
    }

    /// A person's password hash.
    pub async fn password(&self, id: PersonId) -> Result<Option<String>, Error> {
        let found = table::Entity::find_by_id(id.0).one(&self.tx).await?;
        Ok(found.and_then(|row| row.password))
    }
}

impl Tx {
    /// Holds a person to the end of this change: of two changes that hold the same one the second waits here for the first,
    /// and sees all that it did. On SQLite changes wait for one another anyway.
    pub async fn hold_person(&self, id: PersonId) -> Result<(), Error> {
        if self.tx.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        self.turns.wait(id.0).await?;
        // References to the person can still be made meanwhile.
        let held = table::Entity::find().filter(table::Column::Id.eq(id.0)).lock(LockType::NoKeyUpdate);
        held.one(&self.tx).await?;
        Ok(())
    }

    /// Holds an address to the end of this change, whether anybody has it or not: of two changes that give it to somebody
    /// the second waits here for the first. On SQLite changes wait for one another anyway.
    pub async fn hold_address(&self, email: &Email) -> Result<(), Error> {
        let backend = self.tx.get_database_backend();
        if backend == DbBackend::Sqlite {
            return Ok(());
        }
        let mut hasher = DefaultHasher::new();
        email.as_str().hash(&mut hasher);
        // Two addresses of one number wait for each other, which harms nobody.
        self.turns.wait(Uuid::from_u64_pair(hasher.finish(), 0)).await?;
        let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
        self.tx.execute_raw(Statement::from_sql_and_values(backend, lock, [email.as_str().into()])).await?;
        Ok(())
    }

    /// Adds a person; [`Error::Duplicate`] where the address is taken.
    pub async fn add_person(&self, person: &Person) -> Result<(), Error> {
        self.insert(write(person)?).await?;
        self.index(word::OF_PEOPLE, person.id.0, &found_by(person)).await
    }

    /// Changes everything but the id and `created_at`.
    pub async fn save_person(&self, person: &Person) -> Result<(), Error> {
        self.remember_address(person).await?;
        let row = write(person)?;
        let changed = table::Entity::update_many()
            .col_expr(table::Column::Email, Expr::value(row.email))
            .col_expr(table::Column::Name, Expr::value(row.name))
            .col_expr(table::Column::NameKey, Expr::value(row.name_key))
            .col_expr(table::Column::Credentials, Expr::value(row.credentials))
            .col_expr(table::Column::Affiliation, Expr::value(row.affiliation))
            .col_expr(table::Column::AffiliationKey, Expr::value(row.affiliation_key))
            .col_expr(table::Column::Standing, Expr::value(row.standing))
            .col_expr(table::Column::Duties, Expr::value(row.duties))
            .filter(table::Column::Id.eq(row.id));
        self.one_changed(changed).await?;
        self.index(word::OF_PEOPLE, person.id.0, &found_by(person)).await
    }

    /// Makes a person what is left of them: everything but the id and `created_at`, and no password.
    pub async fn erase_person(&self, left: &Person, at: Timestamp) -> Result<(), Error> {
        self.save_person(left).await?;
        self.forget_addresses(left.id).await?;
        let changed = table::Entity::update_many()
            .col_expr(table::Column::Password, Expr::value(None::<String>))
            .col_expr(table::Column::ErasedAt, Expr::value(column::micros(at)))
            .filter(table::Column::Id.eq(left.id.0));
        self.one_changed(changed).await
    }

    /// The person with the address of `named`, or who had it once; who is added where nobody did.
    pub async fn named_person(&self, named: &Person) -> Result<Person, Error> {
        if let Some(known) = self.person_by_any_address(&named.email).await? {
            return Ok(known);
        }
        let known = OnConflict::column(table::Column::Email).do_nothing().to_owned();
        let row = write(named)?.into_active_model();
        if table::Entity::insert(row).on_conflict(known).exec_without_returning(&self.tx).await? > 0 {
            self.index(word::OF_PEOPLE, named.id.0, &found_by(named)).await?;
        }
        let found = self.person_by_email(&named.email).await?;
        found.ok_or_else(|| Error::Damaged(format!("{} was added and is not there", named.id)))
    }

    /// Sets or removes the password hash.
    pub async fn set_password(&self, id: PersonId, hash: Option<&str>) -> Result<(), Error> {
        let changed = table::Entity::update_many()
            .col_expr(table::Column::Password, Expr::value(hash.map(str::to_owned)))
            .filter(table::Column::Id.eq(id.0));
        self.one_changed(changed).await
    }
}

/// To the database somebody erased is locked out, since when says the row beside.
fn stored(standing: Standing) -> Standing {
    if standing == Standing::Erased { Standing::Suspended } else { standing }
}

/// Written as the index of these people has it: neither database would take it for the same otherwise.
fn has_duties() -> Expr {
    Expr::cust("duties <> '[]'")
}

/// What a person is found by.
fn found_by(person: &Person) -> String {
    format!("{} {}", person.name, person.email.as_str())
}

pub(super) fn read(row: table::Model) -> Result<Person, Error> {
    Ok(Person {
        id: PersonId(row.id),
        email: column::parse(&row.email)?,
        name: row.name,
        credentials: row.credentials,
        affiliation: row.affiliation,
        standing: match row.erased_at {
            Some(_) => Standing::Erased,
            None => column::from_word(&row.standing)?,
        },
        duties: column::from_json(&row.duties)?,
        created_at: column::instant(row.created_at)?,
    })
}

fn write(person: &Person) -> Result<table::Model, Error> {
    Ok(table::Model {
        id: person.id.0,
        email: person.email.as_str().to_owned(),
        name: person.name.clone(),
        name_key: folded(&person.name),
        credentials: person.credentials.clone(),
        affiliation: person.affiliation.clone(),
        affiliation_key: person.institution(),
        standing: column::to_word(stored(person.standing)).to_owned(),
        duties: column::to_json(&person.duties)?,
        password: None,
        created_at: column::micros(person.created_at),
        erased_at: None,
    })
}
