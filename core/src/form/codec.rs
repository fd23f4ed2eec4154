//! How the floor below's types, which know nothing of CBOR, are spelt in a pack's bytes.

/// A [`crate::base::quantity::Unit`] by its name.
pub(super) mod unit {
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    use crate::base::quantity::Unit;

    pub(in super::super) fn encode<C, W: Write>(
        unit: &Unit,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.str(unit.as_str())?.ok()
    }

    pub(in super::super) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Unit, Error> {
        Unit::parse(d.str()?).ok_or_else(|| Error::message("unknown unit"))
    }
}

/// A [`crate::base::Date`] by its days.
pub(super) mod date {
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    use crate::base::Date;

    pub(in super::super) fn encode<C, W: Write>(
        date: &Option<Date>,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match date {
            Some(date) => e.i32(date.days())?.ok(),
            None => e.null()?.ok(),
        }
    }

    pub(in super::super) fn is_nil(date: &Option<Date>) -> bool {
        date.is_none()
    }

    // The derive asks for the value of an absent field, wrapped once more.
    #[expect(clippy::option_option, reason = "what the derive calls")]
    pub(in super::super) fn nil() -> Option<Option<Date>> {
        Some(None)
    }

    pub(in super::super) fn decode<C>(
        d: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Option<Date>, Error> {
        if d.datatype()? == minicbor::data::Type::Null {
            d.null()?;
            return Ok(None);
        }
        Date::from_days(d.i32()?).map(Some).ok_or_else(|| Error::message("no such day"))
    }
}
