package dev.darkroom.jobs.sensitive;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Teaches Jackson {@link SensitiveText}, in the form that readers and writers carry as the attribute {@link #FORM}. */
public final class SensitiveModule extends SimpleModule {

    /** A reader's or writer's attribute: a {@link SensitiveForm}. */
    public static final Object FORM = SensitiveForm.class;

    private static final long serialVersionUID = 1L;

    public SensitiveModule() {
        super("sensitive");
        addSerializer(SensitiveText.class, new Writer());
        addDeserializer(SensitiveText.class, new Reader());
    }

    /** The name of the nearest member: elements of a list share that of the list. */
    private static String place(JsonStreamContext context) {
        @Nullable JsonStreamContext near = context;
        while (near != null && near.getCurrentName() == null) {
            near = near.getParent();
        }
        return near == null ? "" : near.getCurrentName();
    }

    private static SensitiveForm form(@Nullable Object attribute) {
        return (SensitiveForm) Objects.requireNonNull(attribute, "Only codecs of job types write sensitive values");
    }

    private static final class Writer extends StdSerializer<SensitiveText> {

        private static final long serialVersionUID = 1L;

        private Writer() {
            super(SensitiveText.class);
        }

        @Override
        public void serialize(SensitiveText text, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(form(provider.getAttribute(FORM)).write(text.value(), place(out.getOutputContext())));
        }
    }

    private static final class Reader extends StdDeserializer<SensitiveText> {

        private static final long serialVersionUID = 1L;

        private Reader() {
            super(SensitiveText.class);
        }

        @Override
        public SensitiveText deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return new SensitiveText(
                    form(context.getAttribute(FORM)).read(in.getText(), place(in.getParsingContext())));
        }
    }
}
